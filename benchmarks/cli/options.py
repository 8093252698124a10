"""Options that several commands share, described once."""

from pathlib import Path

import click

runner_option = click.option(
    "--runner",
    "runner_folders",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Add the runner in this folder to those discovered. It runs that folder's code.",
)
with_option = click.option(
    "--with",
    "substitutions",
    multiple=True,
    metavar="EXE=PATH",
    help="Use PATH wherever a manifest names the executable EXE (or {python}).",
)
