"""What stands beside the times that decide: the same contenders' young and first iterations."""

from collections.abc import Sequence

from reports.analysis.amounts import Amount
from reports.analysis.analysed import Analysis
from reports.analysis.grouping import shared_tables
from reports.analysis.standing import tiers
from reports.words.tables import Cell, Column, Row, RowGroup, Table, in_one_unit
from results.format import WorkloadPlan, quantity_of

_METRICS = ("young", "first")


def beside_tables(analysis: Analysis) -> tuple[Table, ...]:
    """A table for each set of contenders, a column a workload, all times in ns with their intervals.

    None for older runs, in which the quantities were not told apart.
    """
    if all(quantity_of(workload) == "as measured" for workload in analysis.run["workloads"]):
        return ()
    place_of = {tier: place for place, tier in enumerate(tiers(analysis.run))}
    tier_of = {plan["id"]: place_of[plan["tier"]] for plan in analysis.run["contenders"]}
    shared = [
        (workloads, tuple(sorted(contenders, key=tier_of.__getitem__)))
        for workloads, contenders in shared_tables(analysis.run)
        if _figures(analysis, workloads, contenders)
    ]
    return tuple(
        _table(analysis, workloads, contenders, place, len(shared))
        for place, (workloads, contenders) in enumerate(shared)
    )


def _table(
    analysis: Analysis,
    workloads: tuple[str, ...],
    contenders: tuple[str, ...],
    place: int,
    tables: int,
) -> Table:
    plans = [w for w in analysis.run["workloads"] if w["name"] in workloads]
    # Whole columns in one unit, so that young and first can be compared at a glance.
    laid = [in_one_unit(_column(analysis, plan["name"], contenders), "ns") for plan in plans]
    groups = []
    for index, metric in enumerate(_METRICS):
        start = index * len(contenders)
        rows = tuple(
            Row(head=(contender,), cells=tuple(cells[start + own] for _, cells in laid))
            for own, contender in enumerate(contenders)
        )
        if any(_has_figure(row.cells) for row in rows):
            groups.append(RowGroup(heading=_heading(metric, plans), rows=rows))
    families = ", ".join(dict.fromkeys(plan["family"] for plan in plans))
    caption = "What a process pays before it has its pace, with 95 % intervals"
    return Table(
        key="beside" if place == 0 else f"beside-{place + 1}",
        caption=caption if tables == 1 else f"{families}: {caption[0].lower()}{caption[1:]}",
        columns=tuple(
            Column(name=plan["name"], unit=unit)
            for plan, (unit, _) in zip(plans, laid, strict=True)
        ),
        groups=tuple(groups),
    )


def _heading(metric: str, plans: Sequence[WorkloadPlan]) -> str:
    if metric == "first":
        return "First: iteration 0"
    last = sorted({plan["young"] for plan in plans if plan["young"]})
    span = f"{last[0]}" if len(last) == 1 else f"{last[0]} to {last[-1]}"
    return f"Young: mean of iterations 1 to k, k = {span}"


def _column(analysis: Analysis, workload: str, contenders: Sequence[str]) -> list[Amount | None]:
    """The young figures of all contenders, then their first ones."""
    return [analysis.estimate(workload, c, metric) for metric in _METRICS for c in contenders]


def _figures(
    analysis: Analysis, workloads: Sequence[str], contenders: Sequence[str]
) -> list[Amount]:
    columns = (_column(analysis, workload, contenders) for workload in workloads)
    return [amount for column in columns for amount in column if amount is not None]


def _has_figure(cells: Sequence[Cell]) -> bool:
    return any(cell.text != "–" for cell in cells)
