"""`report`: draw a run again."""

import click
from rich.console import Console

from benchmarks.cli.outcome import show_report
from benchmarks.run.store import LATEST, find_run
from results.errors import UsageError

FORMATS = ("html", "md", "png")


@click.command()
@click.argument("run", default=LATEST)
@click.option(
    "--format", "formats", multiple=True, default=("html", "md"), show_default=True,
    help=f"What to write: {', '.join(FORMATS)}; may be repeated.",
)  # fmt: skip
def report(run: str, formats: tuple[str, ...]) -> int:
    """Analyse RUN (a path, an id or latest) again and draw its report."""
    for name in formats:
        if name not in FORMATS:
            raise UsageError(f"There is no format ‘{name}’; known are {', '.join(FORMATS)}.")
    show_report(find_run(run), Console(), formats)
    return 0
