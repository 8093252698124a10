"""A family's figure against the size of the work, both logarithmic: one line per contender."""

from collections.abc import Mapping

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from reports.analysis.amounts import Amount
from reports.analysis.analysed import Analysis
from reports.analysis.derived import DerivedFigure
from reports.charts import FigureChart, Picture, declared, everyone, fitting_axis
from reports.drawing import ticks
from reports.drawing.canvas import Canvas, drawing, ruled
from reports.drawing.key import draw_key, key_height

_HEIGHT, _FOOT, _NAME = 260, 56, 30
_LEFT, _RIGHT = 62, 14

# One contender's positive figures, by size.
Line = Mapping[int, Amount]


def picture(analysis: Analysis, figure: DerivedFigure) -> Picture | None:
    size, axis = fitting_axis(figure)
    lines = lines_of(analysis, figure, size)
    if not lines:
        return None
    items = f"{figure.family['item']} count, N"
    return declared(analysis, figure, lambda canvas: by_size_figure(lines, canvas, axis, items))


def lines_of(analysis: Analysis, figure: DerivedFigure, size: float) -> Mapping[str, Line]:
    """A line for each contender with a positive figure; `size` is the axis' unit."""
    parts = sorted(figure.parts, key=lambda part: part.items)
    lines = {
        contender: {
            part.items: amount.over(size)
            for part in parts
            if (amount := part.amounts.get(contender)) is not None and amount.value > 0
        }
        for contender in everyone(analysis, figure)
    }
    return {contender: line for contender, line in lines.items() if line}


def by_size_figure(lines: Mapping[str, Line], canvas: Canvas, axis: str, items: str) -> Figure:
    """`axis` and `items` name what is counted up and across; the key stands above the lines."""
    top = _NAME + key_height(len(lines), canvas.width)
    with drawing():
        figure = canvas.blank(top + _HEIGHT + _FOOT)
        width = canvas.width - _LEFT - _RIGHT
        axes = canvas.axes(figure, "both", left=_LEFT, top=top, width=width, height=_HEIGHT)
        _set_scales(axes, lines)
        axes.set_xlabel(items, labelpad=6)
        for contender, line in lines.items():
            _draw(axes, contender, line, canvas)
        draw_key(axes, canvas, [*lines], left=-_LEFT, above=_NAME, width=canvas.width)
        canvas.write(axes, axis, at=(0, 1), offset=(-_LEFT, 14), quiet=True, ha="left")
    return figure


def _set_scales(axes: Axes, lines: Mapping[str, Line]) -> None:
    sizes = sorted({size for line in lines.values() for size in line})
    numbers = [v for line in lines.values() for amount in line.values() for v in amount.numbers]
    low, high = ticks.padded([v for v in numbers if v > 0], 0.08)
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.set_xlim(sizes[0] / 1.6, sizes[-1] * 1.6)
    axes.set_ylim(low, high)
    ruled(axes.xaxis, sizes, _short)
    ruled(axes.yaxis, ticks.logarithmic(low, high, 6))


def _short(size: float) -> str:
    """1, 1k, 10k, 1M: a phone has no room for a million in full."""
    for factor, letter in ((1e6, "M"), (1e3, "k")):
        if size >= factor:
            return f"{size / factor:.4g}{letter}"
    return f"{size:.4g}"


def _draw(axes: Axes, contender: str, line: Line, canvas: Canvas) -> None:
    style, color = canvas.styles[contender], canvas.color(contender)
    axes.plot(
        list(line),
        [amount.value for amount in line.values()],
        color=color,
        linewidth=1.6,
        linestyle=(0, style.dash) if style.dash else "-",
        marker=style.marker,
        markersize=7,
        markeredgecolor=canvas.theme.surface,
        markeredgewidth=0.8,
        zorder=3,
    )
    for size, amount in line.items():
        if amount.low is not None and amount.low > 0:
            interval = [amount.low, amount.high]
            axes.plot(
                [size] * 2, interval, color=color, linewidth=2, marker="_", markersize=9, zorder=2
            )


CHART = FigureChart(drawn=("by-size",), picture=picture)
