"""What a person sees of a run: the table, the sentences and where the page lies."""

from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

import reports
from benchmarks.run.store import near, runs_folder
from reports.analysis.summary import Summary
from reports.terminal import render
from results.format import AGAIN, REPORT_FILE

_NARROWEST = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What came out. `answered`: not every contender's pings all failed, as they can live.

    `lacking` says, a sentence each, who lacked something here and took no part in a workload.
    """

    summary: Summary
    answered: bool
    lacking: tuple[str, ...]


def refresh_history() -> None:
    """Make the index of all runs anew. A folder that does not take it loses nothing but that."""
    from reports.history import write_history

    with suppress(OSError):
        write_history(runs_folder())


def show_report(
    folder: Path,
    console: Console,
    formats: Collection[str] = ("html", "md"),
    *,
    table: bool = True,
) -> Report:
    """Analyse a run, write its files and print its table (if asked). Raises AwaitbenchError."""
    console.width = max(console.width, _NARROWEST)  # COLUMNS=0 would swallow everything
    analysis = reports.analyse(folder)
    summary = reports.write(analysis, formats)
    if table:
        console.print(render(analysis))
    if folder.parent.resolve() == runs_folder().resolve():
        refresh_history()
    if "html" in formats:
        page = near(folder / REPORT_FILE)
        console.print(f"Page: {page}", soft_wrap=True, highlight=False, markup=False)
    measured = {(row["workload"], row["contender"]) for row in summary["estimates"]}
    failed = analysis.notes.unanswered.keys()
    return Report(
        summary=summary,
        answered=not measured or bool(measured - failed),
        lacking=tuple(
            f"{gone['contender']} took no part in {gone['workload']}: {gone['reason']}"
            for gone in analysis.run.get("given_up", [])
            if gone.get("lacks") and not gone["contender"].endswith(AGAIN)
        ),
    )
