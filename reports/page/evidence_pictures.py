"""The figures that answer the seeds' claims, drawn, each with its data as a table."""

from matplotlib.figure import Figure as Chart

from reports.words import units
from reports.drawing.canvas import Canvas
from reports.charts.dots import Axis, Dot, DotGroup, dot_figure
from reports.charts.scaling import Line, Point, scaling_figure
from reports.page import evidence
from reports.page.columns import Figure, fitting, in_one_unit
from reports.page.context import Context
from reports.page.evidence import Evidence
from reports.page.pictures import Picture, Told, picture
from reports.page.table import Cell, Column, Row, RowGroup, Table


def evidence_picture(context: Context, key: str, scope: str, shown: Evidence) -> Picture:
    """Draw `shown` for the family `scope`; `key` is the family's own in the page."""
    own = f"{key}-{shown.key}"
    told = Told(shown.heading, shown.caption, _data(context, own, scope, shown))

    def draw(canvas: Canvas) -> Chart:
        return _by_size(context, shown, canvas) if shown.by_size else _rows(context, shown, canvas)

    return picture(context, own, scope, told, draw)


def drawable(shown: Evidence) -> bool:
    """Whether there is anything that its axes can show."""
    figures = [figure for column in shown.columns for figure in column.figures.values()]
    return any(shown.from_zero or figure.value > 0 for figure in figures)


def dot_groups(context: Context, shown: Evidence, scale: float) -> tuple[DotGroup, ...]:
    """One group a workload; a contender without a figure keeps its row, with a dash."""
    return tuple(
        DotGroup(
            heading=column.name if len(shown.columns) > 1 else None,
            dots=tuple(
                _dot(contender, column.figures.get(contender), shown.unit, scale)
                for contender in column.contenders
            ),
        )
        for column in shown.columns
        if column.contenders
    )


def lines_of(context: Context, shown: Evidence, scale: float) -> tuple[Line, ...]:
    """One line a contender, through its positive figures, by size."""
    columns = sorted(shown.columns, key=lambda column: column.size)
    lines = []
    for contender in _everyone(context, shown):
        points = tuple(
            Point(
                size=column.size,
                value=figure.value / scale,
                low=_scaled(figure.low, scale),
                high=_scaled(figure.high, scale),
            )
            for column in columns
            if (figure := column.figures.get(contender)) is not None and figure.value > 0
        )
        if points:
            lines.append(Line(contender=contender, points=points))
    return tuple(lines)


def _rows(context: Context, shown: Evidence, canvas: Canvas) -> Chart:
    scale, name = _fitting(shown)
    axis = Axis(
        name=_axis_name(shown, name),
        marks=tuple(mark / scale for mark in shown.marks),
        from_zero=shown.from_zero,
    )
    return dot_figure(dot_groups(context, shown, scale), context.styles, canvas, axis)


def _by_size(context: Context, shown: Evidence, canvas: Canvas) -> Chart:
    scale, name = _fitting(shown)
    return scaling_figure(
        lines_of(context, shown, scale),
        context.styles,
        canvas,
        size="pending at once, N",
        figure=_axis_name(shown, name),
    )


def _fitting(shown: Evidence) -> tuple[float, str]:
    figures = [figure for column in shown.columns for figure in column.figures.values()]
    return fitting(figures, shown.unit)


def _axis_name(shown: Evidence, unit: str) -> str:
    logarithmic = "" if shown.from_zero or shown.by_size else " (logarithmic)"
    return f"{shown.axis}{f', {unit}' if unit else ''}{logarithmic}"


def _dot(contender: str, figure: Figure | None, unit: str, scale: float) -> Dot:
    if figure is None:
        return Dot(contender=contender, value=None, low=None, high=None, text="–")
    told = units.quantity(figure.value, unit, figure.low, figure.high)
    return Dot(
        contender=contender,
        value=figure.value / scale,
        low=_scaled(figure.low, scale),
        high=_scaled(figure.high, scale),
        text=f"{told.value} ({told.interval})" if told.interval else told.value,
    )


def _scaled(value: float | None, scale: float) -> float | None:
    return None if value is None else value / scale


def _everyone(context: Context, shown: Evidence) -> list[str]:
    met = {contender for column in shown.columns for contender in column.contenders}
    return [plan["id"] for plan in context.run["contenders"] if plan["id"] in met]


def _data(context: Context, key: str, scope: str, shown: Evidence) -> Table:
    everyone = _everyone(context, shown)
    flat = [column.figures.get(c) for column in shown.columns for c in everyone]
    unit, cells = in_one_unit(flat, shown.unit)
    parts = [
        _blank_where_absent(column, everyone, cells[place * len(everyone) :])
        for place, column in enumerate(shown.columns)
    ]
    rows = tuple(
        Row(head=(context.who(contender),), cells=tuple(part[place] for part in parts))
        for place, contender in enumerate(everyone)
    )
    return Table(
        key=f"{key}-data",
        scope=scope,
        caption=shown.heading + (f", {unit}" if unit else ""),
        first="Contender",
        columns=tuple(Column(name=column.name) for column in shown.columns),
        groups=(RowGroup(heading=None, rows=rows),),
    )


def _blank_where_absent(
    column: evidence.Column, everyone: list[str], cells: tuple[Cell, ...]
) -> list[Cell]:
    """A contender that has no part in the workload has an empty cell; one without a figure a dash."""
    return [
        cell if contender in column.contenders else Cell(text="")
        for contender, cell in zip(everyone, cells, strict=False)
    ]
