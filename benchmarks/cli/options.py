"""Options that several commands share, described once, and what is said of the runners found."""

from collections.abc import Callable
from pathlib import Path

import click

from benchmarks.claims.record import FAMILY as CLAIMS
from benchmarks.families import FAMILIES
from runners.discovery import Discovery
from runners.names import unknown_families

runner_option = click.option(
    "--runner",
    "runner_folders",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Add the runner in this folder to those discovered. It runs that folder's code.",
)
optional_option = click.option(
    "--optional",
    is_flag=True,
    help="Add the optional contenders of the runners named, or of all.",
)
with_option = click.option(
    "--with",
    "substitutions",
    multiple=True,
    metavar="EXE=PATH",
    help="Use PATH wherever a manifest names the executable EXE (or {python}).",
)

wait_option = click.option(
    "--wait",
    "wait",
    is_flag=True,
    help="Wait where another awaitbench is measuring on this machine, instead of giving up.",
)


def waiting(wait: bool) -> Callable[[str], None] | None:
    """Return what tells a person on standard error that we wait; None where we are not to."""
    return (lambda text: click.echo(text, err=True)) if wait else None


def warn_of_unknown_families(discovery: Discovery) -> None:
    """Say on standard error which families of the runners found are not known here."""
    for sentence in unknown_families(discovery.manifests, [*FAMILIES, CLAIMS]):
        click.echo(sentence, err=True)
