"""One figure of each contender with its interval: a dot over a logarithmic axis, or a bar from 0."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator

from reports.drawing import ticks
from reports.drawing.canvas import Canvas, drawing
from reports.drawing.ladder import Ladder, Rung, Side, interval_mark, ladder, set_scale
from reports.drawing.palette import Style

_ROW = 30
_DASHES = ((0, ()), (0, (5, 3)), (0, (1.5, 2)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """A contender's figure in the axis' unit; None where it has none, and then no mark."""

    contender: str
    value: float | None
    low: float | None
    high: float | None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DotGroup:
    """The contenders of one workload, under its name where there are several."""

    heading: str | None
    dots: tuple[Dot, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """What the axis counts; `marks` are figures to compare with, drawn as upright lines.

    The first mark's line is solid, the second's dashed, the third's dotted. `from_zero` asks for
    bars on a linear axis, which figures that may be 0 need.
    """

    name: str
    marks: tuple[float, ...] = ()
    from_zero: bool = False


def dot_figure(
    groups: Sequence[DotGroup], styles: Mapping[str, Style], canvas: Canvas, axis: Axis
) -> Figure:
    """A row a contender, in the groups' order."""
    with drawing():
        built = ladder(canvas, _sides(groups, styles), row=_ROW, axis=axis.name)
        shown = [v for g in groups for dot in g.dots for v in (dot.value, dot.low, dot.high)]
        values = [*(v for v in shown if v is not None), *axis.marks]
        if axis.from_zero:
            _set_linear(built, values, canvas)
        else:
            set_scale(built.axes, ticks.padded([v for v in values if v > 0]), canvas)
        for line, mark in zip(_DASHES, axis.marks, strict=False):
            built.axes.axvline(mark, color=canvas.theme.muted, linewidth=1, linestyle=line)
        for place, group in enumerate(groups):
            for dot in group.dots:
                level = built.levels[_key(place, dot)]
                _mark(built, dot, level, styles[dot.contender], canvas, bar=axis.from_zero)
    return built.figure


def _key(place: int, dot: Dot) -> str:
    """A contender has a row in several groups, and a ladder one level for each name."""
    return f"{place} {dot.contender}"


def _sides(groups: Sequence[DotGroup], styles: Mapping[str, Style]) -> tuple[Side, ...]:
    return tuple(
        Side(
            heading=group.heading,
            rungs=tuple(
                Rung(
                    contender=_key(place, dot),
                    label=styles[dot.contender].label,
                    value=dot.text,
                )
                for dot in group.dots
            ),
        )
        for place, group in enumerate(groups)
    )


def _set_linear(built: Ladder, values: Sequence[float], canvas: Canvas) -> None:
    low, high = min(0.0, *values), max(0.0, *values)
    room = 0.04 * ((high - low) or 1.0)
    limits = (low - room if low < 0 else 0.0, high + room)
    built.axes.set_xscale("linear")
    built.axes.set_xlim(*limits)
    positions = ticks.linear(*limits, 5 if canvas.narrow else 8)
    built.axes.xaxis.set_major_locator(FixedLocator(list(positions)))
    built.axes.xaxis.set_minor_locator(NullLocator())
    built.axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: ticks.label(value)))


def _mark(
    built: Ladder, dot: Dot, level: float, style: Style, canvas: Canvas, *, bar: bool
) -> None:
    if dot.value is None:
        return
    if bar:
        color = canvas.theme.series[style.index]
        built.axes.barh([level], [dot.value], height=13, color=color, alpha=0.3, zorder=2)
    interval_mark(
        built,
        style,
        canvas,
        level=level,
        value=dot.value,
        low=dot.low,
        high=dot.high,
        clip=False,  # a bar of 0 ends on the edge
    )
