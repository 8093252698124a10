"""A family's figure of each contender: a dot over a logarithmic axis, or a bar from 0."""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from reports.analysis.amounts import Amount
from reports.analysis.analysed import Analysis
from reports.analysis.derived import DerivedFigure, Part
from reports.charts import FigureChart, Picture, declared, fitting_axis
from reports.drawing import ticks
from reports.drawing.canvas import Canvas, drawing
from reports.drawing.ladder import Group, Rung, ladder, set_scale
from reports.words import units

_ROW = 30
_DASHES = ((0, ()), (0, (5, 3)), (0, (1.5, 2)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot(Rung):
    """A contender's figure in the axis' unit; None where it has none, and then no mark."""

    amount: Amount | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """What the axis counts.

    `marks` are figures to compare with, drawn as upright lines: the first solid, the second dashed,
    the third dotted. `from_zero` asks for bars on a linear axis, which figures that may be 0 need.
    """

    name: str
    marks: tuple[float, ...] = ()
    from_zero: bool = False


def picture(analysis: Analysis, figure: DerivedFigure) -> Picture | None:
    from_zero = figure.plan["drawn"] == "bars"
    if not any(from_zero or amount.value > 0 for amount in figure.amounts):
        return None
    size, name = fitting_axis(figure)
    axis = Axis(
        name=name if from_zero else f"{name} (logarithmic)",
        marks=tuple(mark / size for mark in figure.marks),
        from_zero=from_zero,
    )
    groups = dots_of(figure, size)
    return declared(analysis, figure, lambda canvas: dot_figure(groups, canvas, axis))


def dots_of(figure: DerivedFigure, size: float) -> tuple[Group[Dot], ...]:
    """One group per workload, under its name where there are several; `size` is the axis' unit.

    A contender without a figure keeps its row, with a dash.
    """
    return tuple(
        Group(
            part.workload if len(figure.parts) > 1 else None,
            tuple(_dot(part, each, figure.plan["unit"], size) for each in part.contenders),
        )
        for part in figure.parts
        if part.contenders
    )


def _dot(part: Part, contender: str, unit: str, size: float) -> Dot:
    found = part.amounts.get(contender)
    if found is None:
        return Dot(contender=contender, amount=None, text="–")
    text = str(units.told(found, unit))
    return Dot(contender=contender, amount=found.over(size), text=text)


def dot_figure(groups: Sequence[Group[Dot]], canvas: Canvas, axis: Axis) -> Figure:
    """A row per contender, in the groups' order: a marker, and a line for its interval."""
    with drawing():
        figure, axes, levels = ladder(canvas, groups, row=_ROW, axis=axis.name)
        dots = [dot for group in groups for dot in group.rows]
        values = [value for dot in dots if dot.amount for value in dot.amount.numbers]
        values += axis.marks
        limits = _around(values) if axis.from_zero else ticks.padded([v for v in values if v > 0])
        set_scale(axes, limits, canvas, log=not axis.from_zero)
        for line, mark in zip(_DASHES, axis.marks, strict=False):
            axes.axvline(mark, color=canvas.theme.muted, linewidth=1, linestyle=line, zorder=1)
        for level, dot in zip(levels, dots, strict=True):
            if dot.amount is not None:
                _mark(axes, canvas, dot.contender, dot.amount, level, bar=axis.from_zero)
    return figure


def _around(values: Sequence[float]) -> tuple[float, float]:
    """Limits of a linear axis that holds 0 and all the values."""
    low, high = min(0.0, *values), max(0.0, *values)
    room = 0.04 * ((high - low) or 1.0)
    return (low - room if low < 0 else 0.0), high + room


def _mark(
    axes: Axes, canvas: Canvas, contender: str, amount: Amount, level: float, *, bar: bool
) -> None:
    color = canvas.color(contender)
    if bar:
        axes.barh([level], [amount.value], height=13, color=color, alpha=0.3, zorder=2)
    if amount.low is not None and amount.high is not None:
        axes.plot(
            [amount.low, amount.high],
            [level, level],
            color=color,
            linewidth=2,
            marker="|",  # ends that show even where the interval is narrower than the marker
            markersize=15,
            markeredgewidth=2,
            solid_capstyle="butt",
            zorder=3,
        )
    axes.plot(
        [amount.value],
        [level],
        marker=canvas.styles[contender].marker,
        markersize=7.5,
        color=color,
        markeredgecolor=canvas.theme.surface,
        markeredgewidth=0.8,
        linestyle="none",
        zorder=4,
        clip_on=False,  # a bar of 0 ends on the edge
    )


CHART = FigureChart(drawn=("dots", "bars"), picture=picture)
