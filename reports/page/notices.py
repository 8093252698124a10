"""What a reader must know before the first figure."""

from reports.analysis.analysed import Analysis
from reports.analysis.summary import planned_contenders
from reports.words.notes import opening_lines


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
    cells: dict[str, list[str]] = {}
    for workload, contender in analysis.notes.origin_limited:
        cells.setdefault(workload, []).append(contender)
    if not cells:
        return []
    told = "; ".join(
        f"{workload} ({_names(analysis, workload, names)})" for workload, names in cells.items()
    )
    return [
        f"Origin-limited (†): the origin was busy over 80 % of the time in {told}. "
        "Differences there may be larger than they look."
    ]


def _names(analysis: Analysis, workload: str, contenders: list[str]) -> str:
    if set(contenders) == set(planned_contenders(analysis.run)[workload]):
        return "every contender"
    return ", ".join(analysis.labels[contender] for contender in contenders)
