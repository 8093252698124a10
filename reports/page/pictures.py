"""The charts of a workload as the page embeds them, each with its words and its data."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from matplotlib.figure import Figure as Chart

from results.format import WorkloadPlan
from reports.drawing.canvas import Canvas
from reports.charts.gallery import Gallery
from reports.drawing.palette import symbolic
from reports.drawing.svg import Drawing, draw
from reports.page.columns import Figure, in_one_unit
from reports.page.context import Context, anchor
from reports.page.table import Cell, Column, Row, RowGroup, Table

# Designed for these widths in CSS pixels; the page shows the one that fits.
_WIDE, _NARROW = 820, 340


class Told(NamedTuple):
    """What stands beside a chart: a heading, how to read it, and its data where not in a table."""

    heading: str
    caption: str
    data: Table | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """One chart in both widths, a heading, how to read it, and its data where not in a table."""

    key: str
    heading: str
    caption: str
    wide: Drawing
    narrow: Drawing
    data: Table | None


def pictures(context: Context, workload: WorkloadPlan) -> tuple[Picture, ...]:
    """The workload's charts that have data, in reading order."""
    shown = context.galleries[workload["name"]]
    result = []
    for name, figure in shown.drawings().items():
        told = Told(*_TEXTS[name](context, shown))
        key = f"{anchor(workload, context.run)}-{name}"
        result.append(picture(context, key, shown.workload["name"], told, figure))
    return tuple(result)


def picture(
    context: Context, key: str, scope: str, told: Told, figure: Callable[[Canvas], Chart]
) -> Picture:
    """Draw one chart of `scope` (a workload or a family) in both widths; `key` is unique."""
    theme, colors = symbolic(context.styles)
    wide, narrow = (
        draw(
            figure(Canvas(width=width, theme=theme)),
            key=f"{key}-{width}",
            title=f"{scope}: {told.heading}",
            description=_spoken(told.caption, told.data),
            colors=colors,
        )
        for width in (_WIDE, _NARROW)
    )
    return Picture(
        key=key,
        heading=told.heading,
        caption=told.caption,
        wide=wide,
        narrow=narrow,
        data=told.data,
    )


def _spoken(caption: str, data: Table | None) -> str:
    where = "the tables of this section" if data is None else "the table that follows"
    return f"{caption} The data are in {where}."


def _ratios(context: Context, shown: Gallery) -> tuple[str, str, Table | None]:
    margin = f"{100 * context.run['delta']:g} %"
    return (
        "Ratios with their intervals",
        "Each contender’s time as a multiple of the lowest in its tier; the line is the 95 % "
        f"interval, the band ±{margin}, within which times count as equivalent.",
        None,
    )


def _blocks(context: Context, shown: Gallery) -> tuple[str, str, Table | None]:
    rows = [row for group in shown.blocks for row in group.rows]
    values = [dict(zip(row.blocks, row.values, strict=True)) for row in rows]
    columns = [
        (str(block + 1), [values_of.get(block) for values_of in values])
        for block in range(context.run["blocks"])
        if any(block in values_of for values_of in values)
    ]
    return (
        "Every block’s value",
        "One mark a block, from the first (top of its row) to the last; the upright line is the "
        "estimate, the bar behind it its 95 % interval.",
        _data(
            context,
            shown,
            "blocks",
            ("Mean real time of each block", "Block"),
            [row.contender for row in rows],
            columns,
        ),
    )


def _timeline(context: Context, shown: Gallery) -> tuple[str, str, Table | None]:
    traces = [trace for group in shown.traces for trace in group.traces]
    pale = "" if context.live else " Pale: the origin had it. Full: client, kernel and queue."
    columns = [
        ("Real time", [trace.real_ns for trace in traces]),
        ("Total time", [trace.sum_ns for trace in traces]),
    ]
    if not context.live:
        columns.append(("of it at the origin", [trace.at_origin_ns for trace in traces]))
    table = _data(
        context,
        shown,
        "timeline",
        ("The iterations drawn, each its contender’s median", ""),
        [trace.contender for trace in traces],
        columns,
    )
    which = tuple(
        Cell(text=f"block {trace.block + 1}, iteration {trace.iteration}") for trace in traces
    )
    return (
        "One median iteration",
        "A row a chain, a bar a ping, between start and join (the upright lines)."
        f"{pale} Contenders of a tier share one time axis.",
        _with_column(table, Column(name="Which"), which),
    )


def _warmup(context: Context, shown: Gallery) -> tuple[str, str, Table | None]:
    left_out = shown.workload["warmup"]
    iterations = "iteration is" if left_out == 1 else f"{left_out} iterations are"
    band = f" The first {iterations} warm-up (shaded) and left out." if left_out else ""
    longest = max(len(curve.median) for curve in shown.curves)
    columns = [
        (str(number), [c.median[number] if number < len(c.median) else None for c in shown.curves])
        for number in range(longest)
    ]
    return (
        "Warm-up",
        "Real time of each iteration since the process started: median over the blocks, quartiles "
        f"around it, the other contenders in grey.{band}",
        _data(
            context,
            shown,
            "warmup",
            ("Median real time of each iteration", "Iteration"),
            [curve.contender for curve in shown.curves],
            columns,
        ),
    )


_TEXTS: dict[str, Callable[[Context, Gallery], tuple[str, str, Table | None]]] = {
    "ratios": _ratios,
    "blocks": _blocks,
    "timeline": _timeline,
    "warmup": _warmup,
}


def _data(
    context: Context,
    shown: Gallery,
    chart: str,
    words: tuple[str, str],
    contenders: Sequence[str],
    columns: Sequence[tuple[str, Sequence[float | None]]],
) -> Table:
    """A table of times in one unit; `columns` hold a value for each of `contenders`.

    `words` are what the figures are, and what the columns count.
    """
    what, over = words
    flat = [None if v is None else Figure(value=v) for _, values in columns for v in values]
    unit, cells = in_one_unit(flat, "ns")
    count = len(contenders)
    rows = tuple(
        Row(head=(context.who(contender),), cells=tuple(cells[index::count]))
        for index, contender in enumerate(contenders)
    )
    return Table(
        key=f"{anchor(shown.workload, context.run)}-{chart}-data",
        scope=shown.workload["name"],
        caption=f"{what}, {unit}",
        first=f"{over} →" if over else "Contender",
        columns=tuple(Column(name=name) for name, _ in columns),
        groups=(RowGroup(heading=None, rows=rows),),
    )


def _with_column(table: Table, column: Column, cells: Sequence[Cell]) -> Table:
    (group,) = table.groups
    rows = tuple(
        Row(head=row.head, cells=(*row.cells, cell))
        for row, cell in zip(group.rows, cells, strict=True)
    )
    return Table(
        key=table.key,
        scope=table.scope,
        caption=table.caption,
        first=table.first,
        columns=(*table.columns, column),
        groups=(RowGroup(heading=None, rows=rows),),
    )
