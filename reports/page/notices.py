"""What a reader must know before the first figure."""

from collections.abc import Iterator

from reports.analysis.analysed import Analysis
from reports.words.notes import opening_lines
from reports.words.openings import told_cells
from reports.words.workloads import counted
from results.format import AGAIN

_MOST_NAMES = 2
_MOST_PARTS = 4


def notices(analysis: Analysis) -> tuple[str, ...]:
    """Skipped, invalid, live, partial, repeated or origin-limited, a sentence each."""
    run = analysis.run
    lines = [f"{line}." for line in opening_lines(analysis)]
    lines += _limited(analysis)
    if len(run["contenders"]) == 1:
        lines.append("There is only one contender, so there is nothing to compare it with.")
    return tuple(lines)


def gist(analysis: Analysis) -> str:
    """The gravest of them in a few words, but what a badge says; empty where none is grave."""
    return "; ".join([*_grave(analysis)][:_MOST_PARTS])


def _grave(analysis: Analysis) -> Iterator[str]:
    run, notes, summary = analysis.run, analysis.notes, analysis.summary
    if run["status"] != "complete":
        yield f"provisional, block {notes.blocks} of {run['blocks']}"
    if invalid := {(row["workload"], row["contender"]) for row in summary["invalid"]}:
        yield f"{counted(len(invalid), 'result')} invalid"
    if skipped := [each["id"] for each in run["skipped"]]:
        names = ", ".join(skipped) if len(skipped) <= _MOST_NAMES else str(len(skipped))
        yield f"{names} skipped"
    if gone := [each for each in run.get("given_up", []) if not each["contender"].endswith(AGAIN)]:
        yield f"{counted(len(gone), 'result')} given up"
    if notes.origin_limited:
        yield "the origin was a limit"
    if notes.noise.uneven is not None:
        fast, slow = notes.noise.uneven
        yield f"the machine changed its pace by {slow / fast:.1f}×"


def _limited(analysis: Analysis) -> list[str]:
    """One line that names the workloads in which the origin itself was the limit, and for whom."""
    if not analysis.notes.origin_limited:
        return []
    told = told_cells(analysis, analysis.notes.origin_limited)
    return [
        f"Origin-limited (†): the origin was busy over 80 % of the time in {told}. "
        "Differences there may be larger than they look."
    ]
