"""What a reader must know before the first figure."""

from reports.analysis.analysed import Analysis
from reports.words.notes import opening_lines
from reports.words.openings import told_cells


def notices(analysis: Analysis) -> tuple[str, ...]:
    """Skipped, invalid, live, partial, repeated or origin-limited: said first."""
    run = analysis.run
    lines = [f"{line}." for line in opening_lines(analysis)]
    lines += _limited(analysis)
    if len(run["contenders"]) == 1:
        lines.append("There is only one contender, so there is nothing to compare it with.")
    return tuple(lines)


def _limited(analysis: Analysis) -> list[str]:
    """One line that names the workloads in which the origin itself was the limit, and for whom."""
    if not analysis.notes.origin_limited:
        return []
    told = told_cells(analysis, analysis.notes.origin_limited)
    return [
        f"Origin-limited (†): the origin was busy over 80 % of the time in {told}. "
        "Differences there may be larger than they look."
    ]
