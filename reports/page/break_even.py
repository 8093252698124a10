"""Every pair's break-even point: who leads when run once, and who from how many items on."""

from reports.analysis.analysed import Analysis
from reports.analysis.break_even_rows import BreakEvenRow
from reports.analysis.work import family_of
from reports.page.anchors import anchor
from reports.words import units
from reports.words.break_even import plural, rounded
from reports.words.tables import Cell, Column, Row, RowGroup, Table
from results.format import WorkloadPlan

_NOTE = (
    "Run once: start-up and the first iteration, the second’s time over the first’s. From then on "
    "start-up and all iterations so far are compared in each block; ‘from’ is where "
    "the one named stays ahead, the median over the blocks with a sign test’s 95 % interval; never: "
    "not while processes lived."
)
# Rows of a table: of more, those with the best of a tier are shown.
_MOST = 30


def break_even_table(analysis: Analysis, workload: WorkloadPlan) -> Table | None:
    """The pairs within tiers; None where processes are not told apart by their age."""
    found = analysis.summary["break_even"]
    rows = [row for row in found if row["workload"] == workload["name"]]
    if not rows:
        return None
    best = {s.places[0].contender for s in analysis.standings[workload["name"]] if s.places}
    told = rows if len(rows) <= _MOST else [r for r in rows if {r["a"], r["b"]} & best]
    left_out = len(rows) - len(told)
    items = plural(family_of(analysis.run, workload)["item"])
    names = ("Run once", "Ahead in the end", f"From, {items}", "95 % interval", f"Within, {items}")
    return Table(
        key=f"{anchor(workload, analysis.run)}-leads",
        scope=workload["name"],
        caption="Who leads when, start-up included",
        first="Pair",
        columns=tuple(Column(name=name) for name in names),
        groups=(RowGroup(rows=tuple(_row(analysis, row) for row in told)),),
        note=_NOTE
        + (
            f" {left_out:,} pairs without the best of a tier are in summary.json alone."
            if left_out
            else ""
        ),
    )


def _row(analysis: Analysis, row: BreakEvenRow) -> Row:
    once = units.ratio(row["once"], row["once_low"], row["once_high"])
    # Of nothing to never: in some blocks the one was ahead all the time, in others the other one.
    known = (row["low"], row["high"]) != (0, None)
    return Row(
        head=(row["a"], row["b"]),
        cells=(
            Cell(text=once.value, detail=once.interval),
            Cell(text=analysis.labels[row["ahead"]] if known else "cannot be told"),
            Cell(text=_items(row["items"]) if known else "–"),
            Cell(text=_interval(row["low"], row["high"])),
            Cell(text=f"{row['within']:,}"),
        ),
    )


def _interval(low: float | None, high: float | None) -> str:
    return "–" if (low, high) == (0, 0) else f"{_items(low)} to {_items(high)}"


def _items(items: float | None) -> str:
    if items is None:
        return "never"
    return rounded(items) if items else "the start"
