"""How steady each contender of a workload was, as a table."""


from reports.analysis.analysed import Analysis
from reports.analysis.paces import PaceRow
from reports.analysis.steadiness import FLAT, MOST, SHOWN
from reports.page.anchors import anchor
from reports.page.figures import rows_of
from reports.words import units
from reports.words.tables import Cell, Column, Table
from results.format import WorkloadPlan, length_of

_COLUMNS = ("Second half : first", "Pace", "Warm-up", "Measured", "Study")
_NOTE = (
    "The time of the second half of the measured iterations over that of the first, with its 95 % "
    f"interval: below 1 a contender became faster. Beyond {units.percent(SHOWN)} and proven it was "
    f"warming or slowing; within {units.percent(FLAT)} it is flat; where more than "
    f"{units.percent(MOST)} is not excluded, nobody knows. Warm-up and measured are iterations."
)


def pace_table(analysis: Analysis, workload: WorkloadPlan) -> Table | None:
    """A row a contender; None where verdicts are not about a steady pace."""
    name, standings = workload["name"], analysis.standings[workload["name"]]
    rows = {row["contender"]: row for row in analysis.summary["paces"] if row["workload"] == name}
    if not rows:
        return None
    order = [place.contender for place in analysis.places(name)]
    cells = [_cells(rows.get(contender), contender, workload) for contender in order]
    return Table(
        key=f"{anchor(workload, analysis.run)}-paces",
        scope=name,
        caption="Whether everybody kept their pace while they were measured",
        columns=tuple(Column(name=column) for column in _COLUMNS),
        groups=rows_of(analysis, standings, list(zip(*cells, strict=True))),
        note=_NOTE,
    )


def _cells(row: PaceRow | None, contender: str, workload: WorkloadPlan) -> tuple[Cell, ...]:
    if row is None:
        return (Cell(text="–"),) * len(_COLUMNS)
    length = length_of(workload, contender)
    drift = units.ratio(row["ratio"], row["low"], row["high"])
    return (
        Cell(text=drift.value, detail=drift.interval),
        Cell(text=row["pace"], detail=_bound(row)),
        Cell(text=f"{row['warmup']:,}", detail="cut" if row["cut"] else ""),
        Cell(text=f"{length['iterations'] - length['warmup']:,}"),
        Cell(text=row["why"]),
    )


def _bound(row: PaceRow) -> str:
    if row["bound"] is None:
        return ""
    return f"±{units.percent_at_most(row['bound'])} at most"
