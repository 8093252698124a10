"""Options that several commands share, described once, and what is said of the runners found."""

import re
from collections.abc import Callable

import click

from benchmarks.claims.record import FAMILY as CLAIMS
from benchmarks.families import FAMILIES
from runners.discovery import Discovery, given_by
from runners.names import unknown_families

_DURATION = re.compile(r"(\d{1,6}(?:\.\d{1,3})?)\s*(s|m|min|h)?")
_SECONDS = {None: 1.0, "s": 1.0, "m": 60.0, "min": 60.0, "h": 3600.0}


class Duration(click.ParamType):
    """A length of time such as 90s, 40m or 2h, given back in seconds."""

    name = "time"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """Return the seconds; fail with a sentence."""
        found = _DURATION.fullmatch(str(value))
        if found is None or float(found[1]) == 0:
            self.fail(f"{value!r} is no length of time: write 90s, 40m or 2h.", param, ctx)
        return float(found[1]) * _SECONDS[found[2]]


runner_option = click.option(
    "--runner",
    "runner_folders",
    multiple=True,
    type=given_by,
    metavar="[NAME=]DIR",
    help="Add the runner in this folder, if need be under another name. It runs that folder's code.",
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


def say(text: str) -> None:
    """Tell a person something, on standard error: standard output is for results."""
    click.echo(text, err=True)


def waiting(wait: bool) -> Callable[[str], None] | None:
    """Return what tells a person on standard error that we wait; None where we are not to."""
    return say if wait else None


def warn_of_unknown_families(discovery: Discovery) -> None:
    """Say on standard error which families of the runners found are not known here."""
    for sentence in unknown_families(discovery.manifests, [*FAMILIES, CLAIMS]):
        click.echo(sentence, err=True)
