"""A figure against the size of the work, both logarithmic: one line a contender."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator

from reports.drawing import ticks
from reports.drawing.canvas import SMALL, Canvas, axes_at, blank, drawing, fitted, plain
from reports.drawing.palette import Style

_HEIGHT, _FOOT, _KEY_LINE = 260, 46, 20
_LEFT, _RIGHT = 58, 14
_KEY_WIDTH = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A positive figure at one size, with its interval."""

    size: int
    value: float
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One contender's points, by size."""

    contender: str
    points: tuple[Point, ...]


def scaling_figure(
    lines: Sequence[Line],
    styles: Mapping[str, Style],
    canvas: Canvas,
    *,
    size: str,
    figure: str,
) -> Figure:
    """`size` and `figure` name the axes; the key to the lines stands above them."""
    columns = max(1, canvas.width // _KEY_WIDTH)
    top = 26 + _KEY_LINE * -(-len(lines) // columns)
    with drawing():
        drawn = blank(canvas, top + _HEIGHT + _FOOT)
        width = canvas.width - _LEFT - _RIGHT
        axes = axes_at(drawn, left=_LEFT, top=top, width=width, height=_HEIGHT)
        plain(axes, canvas.theme, grid="both")
        _set_scales(axes, lines)
        axes.set_xlabel(size, fontsize=SMALL, color=canvas.theme.muted, labelpad=6)
        for place, line in enumerate(lines):
            style = styles[line.contender]
            _draw(axes, line, style, canvas.theme.series[style.index], canvas.theme.surface)
            x = (place % columns) * _KEY_WIDTH
            y = _HEIGHT + top - 12 - _KEY_LINE * (place // columns)
            _name(axes, canvas, style, x - _LEFT, y)
        _write(axes, canvas, figure, -_LEFT, _HEIGHT + 12)
    return drawn


def _set_scales(axes: Axes, lines: Sequence[Line]) -> None:
    points = [point for line in lines for point in line.points]
    sizes = sorted({point.size for point in points})
    bounds = [v for p in points for v in (p.value, p.low, p.high) if v is not None and v > 0]
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


def _draw(axes: Axes, line: Line, style: Style, color: str, surface: str) -> None:
    axes.plot(
        [point.size for point in line.points],
        [point.value for point in line.points],
        color=color,
        linewidth=1.6,
        linestyle=(0, style.dash) if style.dash else "-",
        marker=style.marker,
        markersize=7,
        markeredgecolor=surface,
        markeredgewidth=0.8,
        zorder=3,
    )
    for point in line.points:
        if point.low is not None and point.high is not None and point.low > 0:
            axes.plot(
                [point.size, point.size],
                [point.low, point.high],
                color=color,
                linewidth=2,
                marker="_",
                markersize=9,
                zorder=2,
            )


def _name(axes: Axes, canvas: Canvas, style: Style, x: float, y: float) -> None:
    """One entry of the key, `x` and `y` pixels from the axes' lower left corner."""
    room = min(_KEY_WIDTH, canvas.width) - 24
    axes.plot(
        [(x + 7) / _width(axes)],
        [y / _HEIGHT],
        transform=axes.transAxes,
        marker=style.marker,
        markersize=7,
        color=canvas.theme.series[style.index],
        linestyle="none",
        clip_on=False,
    )
    _write(axes, canvas, fitted(style.label, room, SMALL), x + 18, y, quiet=False)


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
