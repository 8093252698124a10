"""Workload by contender: everyone's time as a multiple of the best in the tier."""

import math

from reports import units
from reports.page.context import Context, anchor
from reports.page.table import Cell, Column, Row, RowGroup, Table
from reports.standing import Against, Place, Standing, tier_heading, tiers

# Symbol and word for each way of comparing: no meaning rests on colour alone.
_WORDS = {
    Against.BEST: ("●", "lowest"),
    Against.SLOWER: ("▾", "slower"),
    Against.EQUIVALENT: ("≈", "equivalent"),
    Against.UNDECIDED: ("?", "undecided"),
    Against.FIRST_LOOK: ("…", "first look"),
    Against.NOT_COMPARED: ("", ""),
}


def matrix(context: Context) -> Table:
    """One column a workload, one row a contender, grouped by tier."""
    run = context.run
    groups = []
    for tier in tiers(run):
        names = [plan["id"] for plan in run["contenders"] if plan["tier"] == tier]
        rows = tuple(
            Row(
                head=(context.who(name),),
                cells=tuple(_cell(context, w["name"], name) for w in run["workloads"]),
            )
            for name in names
        )
        groups.append(RowGroup(heading=tier_heading(tier) if tier else None, rows=rows))
    what = (
        "time, with its 95 % interval"
        if not context.compared
        else ("time as a multiple of the lowest in its tier, with its 95 % interval")
    )
    return Table(
        key="matrix",
        caption=f"Each contender's {what}",
        first="Contender",
        columns=tuple(Column(name=w["name"], link=anchor(w, run)) for w in run["workloads"]),
        groups=tuple(groups),
    )


def _cell(context: Context, workload: str, contender: str) -> Cell:
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
