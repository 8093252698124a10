"""A family's figure against the size of the work, both logarithmic: one line a contender."""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator

from reports.analysis.amounts import Amount
from reports.analysis.analysed import Analysis
from reports.analysis.derived import DerivedFigure
from reports.charts import FigureChart, Picture, declared, everyone
from reports.drawing import ticks
from reports.drawing.canvas import SMALL, Canvas, axes_at, blank, drawing, fitted, plain
from reports.words.tables import middle_scale

_HEIGHT, _FOOT, _KEY_LINE = 260, 46, 20
_LEFT, _RIGHT = 58, 14
_KEY_WIDTH = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A positive figure at one size."""

    size: int
    amount: Amount


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One contender's points, by size."""

    contender: str
    points: tuple[Point, ...]


def picture(analysis: Analysis, figure: DerivedFigure) -> Picture | None:
    size, unit = middle_scale(figure.amounts, figure.plan["unit"])
    lines = lines_of(analysis, figure, size)
    if not lines:
        return None
    axis = f"{figure.plan['axis']}{f', {unit}' if unit else ''}"
    return declared(analysis, figure, lambda canvas: by_size_figure(lines, canvas, axis))


def lines_of(analysis: Analysis, figure: DerivedFigure, size: float) -> tuple[Line, ...]:
    """One line a contender, through its positive figures; `size` is the axis' unit."""
    parts = sorted(figure.parts, key=lambda part: part.items)
    lines = []
    for contender in everyone(analysis, figure):
        points = tuple(
            Point(size=part.items, amount=amount.over(size))
            for part in parts
            if (amount := part.amounts.get(contender)) is not None and amount.value > 0
        )
        if points:
            lines.append(Line(contender=contender, points=points))
    return tuple(lines)


def by_size_figure(lines: Sequence[Line], canvas: Canvas, axis: str) -> Figure:
    """`axis` names what is counted; the key to the lines stands above them."""
    columns = max(1, canvas.width // _KEY_WIDTH)
    top = 26 + _KEY_LINE * -(-len(lines) // columns)
    with drawing():
        drawn = blank(canvas, top + _HEIGHT + _FOOT)
        width = canvas.width - _LEFT - _RIGHT
        axes = axes_at(drawn, left=_LEFT, top=top, width=width, height=_HEIGHT)
        plain(axes, canvas.theme, grid="both")
        _set_scales(axes, lines)
        axes.set_xlabel("pending at once, N", fontsize=SMALL, color=canvas.theme.muted, labelpad=6)
        for place, line in enumerate(lines):
            _draw(axes, line, canvas)
            x = (place % columns) * _KEY_WIDTH
            y = _HEIGHT + top - 12 - _KEY_LINE * (place // columns)
            _name(axes, canvas, line.contender, x - _LEFT, y)
        _write(axes, canvas, axis, -_LEFT, _HEIGHT + 12)
    return drawn


def _set_scales(axes: Axes, lines: Sequence[Line]) -> None:
    points = [point for line in lines for point in line.points]
    sizes = sorted({point.size for point in points})
    amounts = [point.amount for point in points]
    bounds = [v for a in amounts for v in (a.value, a.low, a.high) if v is not None and v > 0]
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.set_xlim(sizes[0] / 1.6, sizes[-1] * 1.6)
    low, high = ticks.padded(bounds, 0.08)
    axes.set_ylim(low, high)
    axes.xaxis.set_major_locator(FixedLocator(sizes))
    axes.yaxis.set_major_locator(FixedLocator(list(ticks.logarithmic(low, high, 6))))
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_minor_locator(NullLocator())
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: _short(value)))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: ticks.label(value)))


def _short(size: float) -> str:
    """1, 1k, 10k, 1M: a phone has no room for a million in full."""
    for factor, letter in ((1e6, "M"), (1e3, "k")):
        if size >= factor:
            return f"{size / factor:.4g}{letter}"
    return f"{size:.4g}"


def _draw(axes: Axes, line: Line, canvas: Canvas) -> None:
    style, color = canvas.styles[line.contender], canvas.color(line.contender)
    axes.plot(
        [point.size for point in line.points],
        [point.amount.value for point in line.points],
        color=color,
        linewidth=1.6,
        linestyle=(0, style.dash) if style.dash else "-",
        marker=style.marker,
        markersize=7,
        markeredgecolor=canvas.theme.surface,
        markeredgewidth=0.8,
        zorder=3,
    )
    for point in line.points:
        low, high = point.amount.low, point.amount.high
        if low is not None and high is not None and low > 0:
            axes.plot(
                [point.size, point.size],
                [low, high],
                color=color,
                linewidth=2,
                marker="_",
                markersize=9,
                zorder=2,
            )


def _name(axes: Axes, canvas: Canvas, contender: str, x: float, y: float) -> None:
    """One entry of the key, `x` and `y` pixels from the axes' lower left corner."""
    room = min(_KEY_WIDTH, canvas.width) - 24
    axes.plot(
        [(x + 7) / _width(axes)],
        [y / _HEIGHT],
        transform=axes.transAxes,
        marker=canvas.styles[contender].marker,
        markersize=7,
        color=canvas.color(contender),
        linestyle="none",
        clip_on=False,
    )
    label = fitted(canvas.styles[contender].label, room, SMALL)
    _write(axes, canvas, label, x + 18, y, quiet=False)


def _width(axes: Axes) -> float:
    return float(axes.get_window_extent().width)


def _write(
    axes: Axes, canvas: Canvas, text: str, x: float, y: float, *, quiet: bool = True
) -> None:
    axes.annotate(
        text,
        xy=(0, 0),
        xycoords="axes fraction",
        xytext=(x, y),
        textcoords="offset points",
        va="center",
        color=canvas.theme.muted if quiet else canvas.theme.ink,
        fontsize=SMALL,
        annotation_clip=False,
    )


CHART = FigureChart(drawn=("by-size",), picture=picture)
