"""The tables of one workload: the survey's own figures, the costs, the sites."""

from collections.abc import Callable, Mapping, Sequence
from operator import methodcaller
from typing import NamedTuple

import pandas as pd

from reports.analysis.amounts import Amount
from reports.analysis.analysed import Analysis
from reports.analysis.block_values import COMPARED, UNITS
from reports.analysis.standing import Standing
from reports.analysis.survey import bound_figures, time_per_position, time_per_site
from reports.page.anchors import anchor
from reports.words.tables import Cell, Column, Row, RowGroup, Table, in_one_unit
from reports.words.workloads import ping_shape
from results.format import WorkloadPlan, decisive_metric, length_of, quantity_of

Metric = Callable[[str], Amount | None]


class MetricColumn(NamedTuple):
    """A heading, the unit of what stands below it, how a contender's figure is found, and the
    summary's metric that it is, if any."""

    heading: str
    unit: str
    find: Metric
    metric: str = ""


PEAK = "Peak memory, whole process"
_MOST_COLUMNS = 8

_BOUND = (
    "The origin’s bound is the time from the first connection that it accepted to the last answer "
    "that it sent, by its own clock; what real time has beyond that rests on the program’s clock "
    "alone."
)
_QUEUE = (
    "With several chains at once, the time of a ping outside the origin includes waiting "
    "for the origin: it is an upper bound of the language’s own part."
)


def placed_tables(analysis: Analysis, workload: WorkloadPlan) -> tuple[Table | None, ...]:
    """Where the time of a ping goes: by site, and by place in its chain."""
    return site_table(analysis, workload), position_table(analysis, workload)


def survey_table(analysis: Analysis, workload: WorkloadPlan) -> Table:
    """Real time, the origin's own bound of it, total time and concurrency."""
    name = workload["name"]
    bounds = bound_figures(analysis.frames.iterations, name)
    columns = [
        *time_columns(analysis, workload),
        estimated(analysis, name, "Total time", "sum"),
        estimated(analysis, name, "Concurrency", "concurrency"),
    ]
    if not analysis.live:
        columns += [
            MetricColumn("Origin’s bound", "ns", lambda c: bounds[c][0] if c in bounds else None),
            MetricColumn("Real − bound", "ns", lambda c: bounds[c][1] if c in bounds else None),
        ]
    kept = _measured(analysis, name, columns) or columns
    note = _BOUND if any(column.heading == "Origin’s bound" for column in kept) else ""
    caption = "Time of one iteration"
    return metric_table(analysis, workload, "survey", caption, kept, note, together=True)


def cost_table(analysis: Analysis, workload: WorkloadPlan) -> Table | None:
    """Start-up, CPU, client time, memory, and the tails of single pings."""
    name = workload["name"]
    shape = ping_shape(analysis.run, workload)
    alone = shape is not None and shape.chains == 1
    client = "Client a ping" if alone else "Client, kernel and queue a ping"
    columns = [
        estimated(analysis, name, "Start-up", "startup"),
        _cpu(analysis, workload),
        estimated(analysis, name, client, "client"),
        estimated(analysis, name, PEAK, "memory"),
        estimated(analysis, name, "Ping p50", "p50"),
        estimated(analysis, name, "Ping p99", "p99"),
    ]
    kept = _measured(analysis, name, columns)
    if not kept:
        return None
    note = "" if alone or analysis.live else _QUEUE
    caption = "What it costs, from the first moment to the slowest ping"
    return metric_table(analysis, workload, "costs", caption, kept, note, together=True)


def _cpu(analysis: Analysis, workload: WorkloadPlan) -> MetricColumn:
    """CPU of the process from the job to its last ping: a ping's share only where that means much.

    A young process spends most of it on loading and compiling, whatever it pings.
    """
    name, shape = workload["name"], ping_shape(analysis.run, workload)
    if shape is None or quantity_of(workload) == "steady":
        return estimated(analysis, name, "CPU a ping, warm-up included", "cpu")

    pings_once = shape.chains * shape.pings_per_chain

    def whole(contender: str) -> Amount | None:
        found = analysis.estimate(name, contender, "cpu")
        pings = length_of(workload, contender)["iterations"] * pings_once
        return None if found is None else found.over(1 / pings)

    return MetricColumn("CPU, whole process, first to last ping", UNITS["cpu"], whole)


def site_table(analysis: Analysis, workload: WorkloadPlan) -> Table | None:
    """Time per site; where there are many, the fastest, the middle and the slowest one."""
    shape = ping_shape(analysis.run, workload)
    name = workload["name"]
    if shape is None:
        return None
    means = time_per_site(analysis.frames.pings, name, shape.sites)
    caption = "Time per site, the mean of one ping there"
    if shape.chains * shape.sites <= _MOST_COLUMNS:
        places = [(chain, site) for chain in range(shape.chains) for site in range(shape.sites)]
        columns = [
            MetricColumn(
                _site_name(analysis, place, shape.sites),
                "ns",
                _mean(means, methodcaller("get", place)),
            )
            for place in places
        ]
    else:
        columns = [
            MetricColumn(
                f"{word} of {shape.chains * shape.sites} sites",
                "ns",
                _mean(means, methodcaller(statistic)),
            )
            for word, statistic in (("Fastest", "min"), ("Middle", "median"), ("Slowest", "max"))
        ]
    return metric_table(analysis, workload, "sites", caption, columns, together=True)


def position_table(analysis: Analysis, workload: WorkloadPlan) -> Table | None:
    """Time by a ping's place in its chain, where a site is pinged more than once."""
    shape = ping_shape(analysis.run, workload)
    if shape is None or shape.pings_per_site == 1:
        return None
    means = time_per_position(analysis.frames.pings, workload["name"])
    columns = [
        MetricColumn(f"Ping {place + 1}", "ns", _mean(means, methodcaller("get", place)))
        for place in _positions(shape.pings_per_chain)
    ]
    caption = "Mean time of a ping by its place in its chain"
    return metric_table(analysis, workload, "places", caption, columns, together=True)


def rows_of(
    analysis: Analysis, standings: Sequence[Standing], columns: Sequence[Sequence[Cell]]
) -> tuple[RowGroup, ...]:
    """Rows in the order of the standings; `columns` hold cells for the places in that order."""
    groups, index = [], 0
    for standing in standings:
        rows = []
        for place in standing.places:
            mark = "†" if analysis.limited(standing.workload, place.contender) else ""
            cells = tuple(column[index] for column in columns)
            rows.append(Row(head=(place.contender,), cells=cells, mark=mark))
            index += 1
        rows += [_without(analysis, standing, contender) for contender in standing.without]
        heading = standing.heading if len(standings) > 1 else None
        groups.append(RowGroup(heading=heading, rows=tuple(rows)))
    return tuple(groups)


def metric_table(
    analysis: Analysis,
    workload: WorkloadPlan,
    key: str,
    caption: str,
    columns: Sequence[MetricColumn],
    note: str = "",
    *,
    together: bool = False,
) -> Table:
    """A table of contenders; columns of one kind share a unit where they stand `together`."""
    standings = analysis.standings[workload["name"]]
    order = [place.contender for standing in standings for place in standing.places]
    figures = [[column.find(contender) for contender in order] for column in columns]
    laid = []
    for own, column in zip(figures, columns, strict=True):
        alike = zip(figures, columns, strict=True)
        shared = [f for found, other in alike if other.unit == column.unit for f in found]
        laid.append(in_one_unit(own, column.unit, shared if together else own))
    return Table(
        key=f"{anchor(workload, analysis.run)}-{key}",
        scope=workload["name"],
        caption=caption,
        columns=tuple(
            Column(name=column.heading, unit=unit, metric=column.metric)
            for column, (unit, _) in zip(columns, laid, strict=True)
        ),
        groups=rows_of(analysis, standings, [cells for _, cells in laid]),
        note=note,
    )


def _without(analysis: Analysis, standing: Standing, contender: str) -> Row:
    if (standing.workload, contender) in analysis.notes.unanswered:
        return Row(head=(contender,), without="✕ every ping failed")
    broken = [row for row in standing.broken if row["contender"] == contender]
    reason = "; ".join(f"{row['rule']}: {row['seen']}" for row in broken)
    without = f"✕ invalid: {reason}" if reason else "not measured"
    return Row(head=(contender,), without=without)


def time_columns(analysis: Analysis, workload: WorkloadPlan) -> list[MetricColumn]:
    """The times of one iteration, the one that decides first."""
    name, decisive = workload["name"], decisive_metric(workload)
    heading = "Steady" if quantity_of(workload) == "steady" else "Real time"
    headings = {"real": heading, "young": "Young", "first": "First iteration"}
    order = sorted(headings, key=lambda metric: metric != decisive)
    columns = [estimated(analysis, name, headings[metric], metric) for metric in order]
    return _measured(analysis, name, columns)


def estimated(analysis: Analysis, workload: str, heading: str, metric: str) -> MetricColumn:
    """A column of the summary's estimates."""
    unit = UNITS.get(metric, "ns")
    return MetricColumn(
        heading,
        unit,
        lambda contender: analysis.estimate(workload, contender, metric),
        metric if metric in COMPARED else "",
    )


def _measured(
    analysis: Analysis, workload: str, columns: Sequence[MetricColumn]
) -> list[MetricColumn]:
    """The columns in which anybody has a figure."""
    names = [place.contender for place in analysis.places(workload)]
    return [column for column in columns if any(column.find(name) is not None for name in names)]


def _mean(means: Mapping[str, pd.Series], pick: Callable[[pd.Series], float | None]) -> Metric:
    """Of each contender's means the one that `pick` takes, if there is one."""

    def find(contender: str) -> Amount | None:
        value = pick(means[contender]) if contender in means else None
        return None if value is None or pd.isna(value) else Amount(float(value))

    return find


def _site_name(analysis: Analysis, place: tuple[int, int], sites: int) -> str:
    chain, site = place
    live = analysis.run["sites"]
    if live is not None and chain < len(live) and site < len(live[chain]):
        return live[chain][site]
    return f"Chain {chain + 1}" + (f", site\N{NO-BREAK SPACE}{site + 1}" if sites > 1 else "")


def _positions(count: int) -> list[int]:
    """All places of a short chain; of a long one the first, second, fourth, … and the last."""
    if count <= _MOST_COLUMNS:
        return list(range(count))
    doubled = [2**power - 1 for power in range(count.bit_length()) if 2**power <= count]
    return sorted({*doubled, count - 1})
