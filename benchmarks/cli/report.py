"""`report`: draw a run again."""

from pathlib import Path

import click
from rich.console import Console

from benchmarks.cli.outcome import show_report
from benchmarks.run.rejudge import rejudge, told
from benchmarks.run.store import LATEST, find_run
from results.errors import UsageError
from results.format import REPORT_FILE
from results.run_folder import RunFolder

FORMATS = ("html", "md", "png")
_MOST_CHANGES = 20


@click.command()
@click.argument("run", default=LATEST)
@click.option(
    "--format", "formats", multiple=True, default=("html", "md"), show_default=True,
    help=f"What to write: {', '.join(FORMATS)}; may be repeated.",
)  # fmt: skip
@click.option(
    "--rejudge", "judge_again", is_flag=True,
    help="Judge the stored run by today's rules and say what changed; write nothing.",
)  # fmt: skip
@click.option("--open", "open_page", is_flag=True, help="Then open the page.")
def report(run: str, formats: tuple[str, ...], judge_again: bool, open_page: bool) -> int:
    """Analyse RUN (a path, an id or latest) again and draw its report."""
    if judge_again:
        return _rejudge(find_run(run))
    for name in formats:
        if name not in FORMATS:
            raise UsageError(f"There is no format ‘{name}’; known are {', '.join(FORMATS)}.")
    if open_page and "html" not in formats:
        raise UsageError("There is no page to open: leave out --format, or add --format html.")
    folder = find_run(run)
    show_report(folder, Console(), formats)
    if open_page:
        click.launch(str((folder / REPORT_FILE).resolve()))
    return 0


def _rejudge(folder: Path) -> int:
    rejudgement = rejudge(RunFolder.read(folder))
    for line in told(rejudgement, _MOST_CHANGES):
        click.echo(line)
    return 1 if any(change.found for change in rejudgement.changes) else 0
