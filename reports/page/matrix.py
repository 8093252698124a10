"""Workload by contender: everyone's time as a multiple of the best in the tier."""

import math
from collections.abc import Sequence

from results.format import WorkloadPlan
from reports.words import units
from reports.analysis.grouping import Shared, shared_tables
from reports.page.context import Context, anchor
from reports.page.table import Cell, Column, Row, RowGroup, Table
from reports.analysis.standing import Against, Place, Standing, tier_heading, tiers

# Symbol and word for each way of comparing: no meaning rests on colour alone.
_WORDS = {
    Against.BEST: ("●", "lowest"),
    Against.SLOWER: ("▾", "slower"),
    Against.EQUIVALENT: ("≈", "equivalent"),
    Against.UNDECIDED: ("?", "undecided"),
    Against.FIRST_LOOK: ("…", "first look"),
    Against.NOT_COMPARED: ("", ""),
}


def matrices(context: Context) -> tuple[Table, ...]:
    """One column a workload, one row a contender: a table for each set of contenders."""
    shared = shared_tables(context.run)
    return tuple(
        _matrix(context, own, "matrix" if place == 0 else f"matrix-{place + 1}", len(shared) > 1)
        for place, own in enumerate(shared)
    )


def _matrix(context: Context, shared: Shared, key: str, several: bool) -> Table:
    run = context.run
    columns = [w for w in run["workloads"] if w["name"] in shared.workloads]
    groups = []
    for tier in tiers(run):
        rows = tuple(
            Row(
                head=(context.who(plan["id"]),),
                cells=tuple(_cell(context, w["name"], plan["id"]) for w in columns),
            )
            for plan in run["contenders"]
            if plan["tier"] == tier and plan["id"] in shared.contenders
        )
        if rows:
            groups.append(RowGroup(heading=tier_heading(tier) if tier else None, rows=rows))
    tiered = any(group.heading for group in groups)
    return Table(
        key=key,
        caption=_caption(context, columns, tiered) if several else _what(context, tiered),
        first="Contender",
        columns=tuple(Column(name=w["name"], link=anchor(w, run)) for w in columns),
        groups=tuple(groups),
    )


def _what(context: Context, tiered: bool) -> str:
    if not context.compared:
        return "Each contender's time, with its 95 % interval"
    whose = " in its tier" if tiered else ""
    return f"Each contender's time as a multiple of the lowest{whose}, with its 95 % interval"


def _caption(context: Context, columns: Sequence[WorkloadPlan], tiered: bool) -> str:
    families = ", ".join(dict.fromkeys(workload["family"] for workload in columns))
    what = _what(context, tiered)
    return f"{families}: {what[0].lower()}{what[1:]}"


def _cell(context: Context, workload: str, contender: str) -> Cell:
    if failed := context.notes.unanswered.get((workload, contender)):
        return Cell(text="✕ failed", detail=f"{failed} of {failed} pings")
    for standing in context.galleries[workload].standings:
        for place in standing.places:
            if place.contender == contender:
                mark = " †" if context.limited(workload, contender) else ""
                return _placed(place, standing, mark)
        if contender in standing.without:
            return _without(standing, contender)
    return Cell(text="–", note="takes no part")


def _placed(place: Place, standing: Standing, mark: str) -> Cell:
    symbol, word = _WORDS[place.against]
    if place.against is Against.BEST and standing.proven:
        word = "fastest"
    if place.against is Against.BEST or place.comparison is None:
        real = place.real
        shown = units.quantity(real["value"], real["unit"], real["low"], real["high"])
        alone = all(other.comparison is None for other in standing.places)
        return Cell(
            text=f"{shown.value}{mark}",
            detail=shown.interval,
            note="" if alone else f"{symbol} {word}",
            shade="" if alone else "best",
        )
    shown = units.ratio(place.ratio, place.low, place.high)
    return Cell(
        text=f"{shown.value}{mark}",
        detail=shown.interval,
        note=f"{symbol} {word}",
        shade=_shade(place) if place.against is Against.SLOWER else "",
    )


def _shade(place: Place) -> str:
    """The darker, the slower: one step each for 1.1, 1.3, 1.8, 3, 6, and more."""
    distance = math.log2(max(place.ratio, 1.0))
    edges = (math.log2(edge) for edge in (1.1, 1.3, 1.8, 3, 6))
    return f"slow-{1 + sum(distance > edge for edge in edges)}"


def _without(standing: Standing, contender: str) -> Cell:
    rules = [row["rule"] for row in standing.broken if row["contender"] == contender]
    if rules:
        return Cell(text="✕ invalid", detail=", ".join(rules))
    return Cell(text="–", note="not measured")
