"""A family's figure of each contender: a dot over a logarithmic axis, or a bar from 0."""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator

from reports.analysis.amounts import Amount
from reports.analysis.analysed import Analysis
from reports.analysis.derived import DerivedFigure, Part
from reports.charts import FigureChart, Picture, declared
from reports.drawing import ticks
from reports.drawing.canvas import Canvas, drawing
from reports.drawing.ladder import Group, Mark, interval_mark, ladder, set_scale
from reports.words import units
from reports.words.tables import middle_scale

_ROW = 30
_DASHES = ((0, ()), (0, (5, 3)), (0, (1.5, 2)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """A contender's figure in the axis' unit; None where it has none, and then no mark."""

    contender: str
    amount: Amount | None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """What the axis counts; `marks` are figures to compare with, drawn as upright lines.

    The first mark's line is solid, the second's dashed, the third's dotted. `from_zero` asks for
    bars on a linear axis, which figures that may be 0 need.
    """

    name: str
    marks: tuple[float, ...] = ()
    from_zero: bool = False


def picture(analysis: Analysis, figure: DerivedFigure) -> Picture | None:
    from_zero = figure.plan["drawn"] == "bars"
    if not any(from_zero or amount.value > 0 for amount in figure.amounts):
        return None
    size, unit = middle_scale(figure.amounts, figure.plan["unit"])
    name = f"{figure.plan['axis']}{f', {unit}' if unit else ''}"
    axis = Axis(
        name=name if from_zero else f"{name} (logarithmic)",
        marks=tuple(mark / size for mark in figure.marks),
        from_zero=from_zero,
    )
    groups = dots_of(figure, size)
    return declared(analysis, figure, lambda canvas: dot_figure(groups, canvas, axis))


def dots_of(figure: DerivedFigure, size: float) -> tuple[Group[Dot], ...]:
    """One group a workload, under its name where there are several; `size` is the axis' unit.

    A contender without a figure keeps its row, with a dash.
    """
    return tuple(
        Group(
            part.workload if len(figure.parts) > 1 else None,
            tuple(
                _dot(part, contender, figure.plan["unit"], size) for contender in part.contenders
            ),
        )
        for part in figure.parts
        if part.contenders
    )


def _dot(part: Part, contender: str, unit: str, size: float) -> Dot:
    found = part.amounts.get(contender)
    if found is None:
        return Dot(contender=contender, amount=None, text="–")
    text = str(units.quantity(found.value, unit, found.low, found.high))
    return Dot(contender=contender, amount=found.over(size), text=text)


def dot_figure(groups: Sequence[Group[Dot]], canvas: Canvas, axis: Axis) -> Figure:
    """A row a contender, in the groups' order."""
    with drawing():
        built = ladder(canvas, groups, row=_ROW, axis=axis.name)
        amounts = [dot.amount for group in groups for dot in group.rows if dot.amount]
        shown = [v for a in amounts for v in (a.value, a.low, a.high) if v is not None]
        values = [*shown, *axis.marks]
        if axis.from_zero:
            _set_linear(built.axes, values, canvas)
        else:
            set_scale(built.axes, ticks.padded([v for v in values if v > 0]), canvas)
        for line, mark in zip(_DASHES, axis.marks, strict=False):
            built.axes.axvline(mark, color=canvas.theme.muted, linewidth=1, linestyle=line)
        for row in built.marks:
            _mark(built.axes, row, canvas, bar=axis.from_zero)
    return built.figure


def _set_linear(axes: Axes, values: Sequence[float], canvas: Canvas) -> None:
    low, high = min(0.0, *values), max(0.0, *values)
    room = 0.04 * ((high - low) or 1.0)
    limits = (low - room if low < 0 else 0.0, high + room)
    axes.set_xscale("linear")
    axes.set_xlim(*limits)
    positions = ticks.linear(*limits, 5 if canvas.narrow else 8)
    axes.xaxis.set_major_locator(FixedLocator(list(positions)))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: ticks.label(value)))


def _mark(axes: Axes, mark: Mark[Dot], canvas: Canvas, *, bar: bool) -> None:
    level, dot = mark
    if dot.amount is None:
        return
    if bar:
        color = canvas.color(dot.contender)
        axes.barh([level], [dot.amount.value], height=13, color=color, alpha=0.3, zorder=2)
    interval_mark(
        axes,
        canvas,
        dot.contender,
        level=level,
        value=dot.amount.value,
        low=dot.amount.low,
        high=dot.amount.high,
        clip=False,  # a bar of 0 ends on the edge
    )


CHART = FigureChart(drawn=("dots", "bars"), picture=picture)
