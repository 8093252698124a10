"""The tables of one workload: the survey's own figures, the costs, the sites."""

from collections.abc import Callable, Sequence

import pandas as pd

from results.format import WorkloadPlan
from reports.analysis.survey import bound_figures, time_per_site
from reports.page.columns import Figure, in_one_unit
from reports.page.context import Context, anchor
from reports.page.shape import ping_shape
from reports.page.table import Cell, Column, Row, RowGroup, Table
from reports.analysis.standing import Standing

Metric = Callable[[str], Figure | None]

_MOST_COLUMNS = 8

_BOUND = (
    "The origin’s bound is the time from the first connection that it accepted to the last answer "
    "that it sent, by its own clock; what real time has beyond that rests on the program’s clock "
    "alone."
)
_QUEUE = (
    "With several chains at once, the time of a ping outside the origin holds waiting for the "
    "origin, too: an upper bound of the language’s own part."
)


def survey_table(context: Context, workload: WorkloadPlan) -> Table:
    """Real time, the origin's own bound of it, total time and concurrency."""
    name = workload["name"]
    bounds = bound_figures(context.frames.iterations, name)
    columns = [
        ("Real time", "ns", estimate_of(context, name, "real")),
        ("Total time", "ns", estimate_of(context, name, "sum")),
        ("Concurrency", "1", estimate_of(context, name, "concurrency")),
    ]
    if not context.live:
        columns += [
            ("Origin’s bound", "ns", lambda c: Figure.of(bounds[c][0]) if c in bounds else None),
            ("Real − bound", "ns", lambda c: Figure.of(bounds[c][1]) if c in bounds else None),
        ]
    kept = [column for column in columns if _measured(context, name, column[2])] or columns
    note = "" if not any(column[0] == "Origin’s bound" for column in kept) else _BOUND
    caption = "The survey’s own figures for one iteration"
    return metric_table(context, workload, "survey", caption, kept, note)


def cost_table(context: Context, workload: WorkloadPlan) -> Table | None:
    """First iteration, start-up, CPU, client time, memory, and the tails of single pings."""
    name = workload["name"]
    shape = ping_shape(workload)
    alone = shape is not None and shape.chains == 1
    columns = [
        ("First iteration", "ns", estimate_of(context, name, "first")),
        ("Start-up", "ns", estimate_of(context, name, "startup")),
        ("CPU a ping", "ns", estimate_of(context, name, "cpu")),
        (
            "Client a ping" if alone else "Client, kernel and queue a ping",
            "ns",
            estimate_of(context, name, "client"),
        ),
        ("Peak memory", "bytes", estimate_of(context, name, "memory")),
        ("Ping p50", "ns", estimate_of(context, name, "p50")),
        ("Ping p99", "ns", estimate_of(context, name, "p99")),
    ]
    kept = [column for column in columns if _measured(context, name, column[2])]
    if not kept:
        return None
    note = "" if alone or context.live else _QUEUE
    caption = "What it costs, from the first moment to the slowest ping"
    return metric_table(context, workload, "costs", caption, kept, note)


def site_table(context: Context, workload: WorkloadPlan) -> Table | None:
    """Time per site; where there are many, the fastest, the middle and the slowest one."""
    shape = ping_shape(workload)
    name = workload["name"]
    if shape is None:
        return None
    pings = context.frames.pings
    means = time_per_site(pings[pings["workload"] == name], {name: shape.sites})
    caption = "Time per site, the mean of one ping there"
    if shape.chains * shape.sites <= _MOST_COLUMNS:
        places = [(chain, site) for chain in range(shape.chains) for site in range(shape.sites)]
        by_place = means.set_index(["contender", "chain", "site"])["duration_ns"]
        columns = [
            (_site_name(context, place, shape.sites), "ns", _lookup(by_place, place))
            for place in places
        ]
    else:
        ordered = means.groupby("contender", observed=True)["duration_ns"]
        columns = [
            (f"{word} of {shape.chains * shape.sites} sites", "ns", _lookup(found, ()))
            for word, found in (
                ("Fastest", ordered.min()),
                ("Middle", ordered.median()),
                ("Slowest", ordered.max()),
            )
        ]
    return metric_table(context, workload, "sites", caption, columns, "", together=True)


def position_table(context: Context, workload: WorkloadPlan) -> Table | None:
    """Time by a ping's place in its chain, where a site is pinged more than once."""
    shape = ping_shape(workload)
    if shape is None or shape.pings_per_site == 1:
        return None
    pings = context.frames.pings
    counted = pings[(pings["workload"] == workload["name"]) & pings["valid"] & pings["measured"]]
    means = counted.groupby(["contender", "ping"], observed=True)["duration_ns"].mean()
    columns = [
        (f"Ping {place + 1}", "ns", _lookup(means, (place,)))
        for place in _positions(shape.pings_per_chain)
    ]
    caption = "Mean time of a ping by its place in its chain"
    return metric_table(context, workload, "places", caption, columns, "", together=True)


def rows_of(
    context: Context, standings: Sequence[Standing], columns: Sequence[Sequence[Cell]]
) -> tuple[RowGroup, ...]:
    """Rows in the order of the standings; `columns` hold cells for the places in that order."""
    groups, index = [], 0
    for standing in standings:
        rows = []
        for place in standing.places:
            mark = "†" if context.limited(standing.workload, place.contender) else ""
            cells = tuple(column[index] for column in columns)
            rows.append(Row(head=(context.who(place.contender),), cells=cells, mark=mark))
            index += 1
        rows += [_without(context, standing, contender) for contender in standing.without]
        heading = standing.heading if len(standings) > 1 else None
        groups.append(RowGroup(heading=heading, rows=tuple(rows)))
    return tuple(groups)


def metric_table(
    context: Context,
    workload: WorkloadPlan,
    key: str,
    caption: str,
    columns: Sequence[tuple[str, str, Metric]],
    note: str,
    *,
    together: bool = False,
) -> Table:
    """A table of contenders; all columns share one unit where they stand `together`."""
    standings = context.galleries[workload["name"]].standings
    order = [place.contender for standing in standings for place in standing.places]
    figures = [[metric(contender) for contender in order] for _, _, metric in columns]
    if together:
        unit, cells = in_one_unit([f for column in figures for f in column], "ns")
        count = len(order)
        laid = [(unit, cells[i * count : (i + 1) * count]) for i in range(len(columns))]
    else:
        laid = [in_one_unit(f, unit) for f, (_, unit, _) in zip(figures, columns, strict=True)]
    return Table(
        key=f"{anchor(workload, context.run)}-{key}",
        scope=workload["name"],
        caption=caption,
        first="Contender",
        columns=tuple(
            Column(name=name, unit=unit)
            for (name, _, _), (unit, _) in zip(columns, laid, strict=True)
        ),
        groups=rows_of(context, standings, [cells for _, cells in laid]),
        note=note,
    )


def _without(context: Context, standing: Standing, contender: str) -> Row:
    broken = [row for row in standing.broken if row["contender"] == contender]
    reason = "; ".join(f"{row['rule']}: {row['seen']}" for row in broken)
    return Row(
        head=(context.who(contender),),
        cells=(),
        without=f"✕ invalid: {reason}" if reason else "not measured",
    )


def estimate_of(context: Context, workload: str, metric: str) -> Metric:
    def find(contender: str) -> Figure | None:
        row = context.estimate(workload, contender, metric)
        return None if row is None else Figure(value=row["value"], low=row["low"], high=row["high"])

    return find


def _measured(context: Context, workload: str, metric: Metric) -> bool:
    places = [p for s in context.galleries[workload].standings for p in s.places]
    return any(metric(place.contender) is not None for place in places)


def _lookup(means: pd.Series, place: tuple[int, ...]) -> Metric:
    return lambda contender: _number(means.get((contender, *place) if place else contender))


def _number(value: float | None) -> Figure | None:
    return None if value is None or pd.isna(value) else Figure(value=float(value))


def _site_name(context: Context, place: tuple[int, int], sites: int) -> str:
    chain, site = place
    live = context.run["sites"]
    if live is not None and chain < len(live) and site < len(live[chain]):
        return live[chain][site]
    return f"Chain {chain + 1}" + (f", site\N{NO-BREAK SPACE}{site + 1}" if sites > 1 else "")


def _positions(count: int) -> list[int]:
    """All places of a short chain; of a long one the first, second, fourth, … and the last."""
    if count <= _MOST_COLUMNS:
        return list(range(count))
    doubled = [2**power - 1 for power in range(count.bit_length()) if 2**power <= count]
    return sorted({*doubled, count - 1})
