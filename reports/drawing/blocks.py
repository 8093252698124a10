"""A contender's blocks as dots below each other, and its estimate on the bar of its interval."""

from collections.abc import Collection, Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes

from reports.drawing.canvas import Canvas
from reports.drawing.strokes import dots

ROW = 46  # pixels of a contender
_SPREAD = 0.5  # of the row's height, from the first block to the last
_DOT = 4.5


def level_of(level: float, block: int, blocks: int) -> float:
    """Where a block stands in the row at `level`: in the order in which they were measured."""
    return level + (block / max(blocks - 1, 1) - 0.5) * ROW * _SPREAD


def draw_blocks(
    axes: Axes,
    canvas: Canvas,
    contender: str,
    values: Mapping[int, float],
    *,
    hollow: Collection[int],
    level: float,
    blocks: int,
) -> None:
    """A dot for each block's value, those of `hollow` blocks as rings; y counts pixels."""
    color = canvas.color(contender)
    quiet = [block for block in values if block not in hollow]
    x = np.array([values[block] for block in quiet])
    y = np.array([level_of(level, block, blocks) for block in quiet])
    dots(axes, x, y, color, _DOT, zorder=4)
    loud = [block for block in values if block in hollow]
    if loud:
        axes.plot(
            [values[block] for block in loud],
            [level_of(level, block, blocks) for block in loud],
            marker="o",
            markersize=_DOT,
            markerfacecolor=canvas.theme.surface,
            markeredgecolor=color,
            markeredgewidth=1,
            linestyle="none",
            zorder=4,
        )


def draw_estimate(
    axes: Axes, canvas: Canvas, contender: str, numbers: Sequence[float], level: float
) -> None:
    """The mark of an estimate, and the bar of its interval; `numbers` are the value and its ends."""
    color = canvas.color(contender)
    value, *ends = numbers
    if ends:
        axes.plot(ends, [level, level], color=color, linewidth=2.4, solid_capstyle="butt", zorder=3)
    axes.plot(
        [value],
        [level],
        marker=canvas.styles[contender].marker,
        markersize=9,
        color=color,
        markeredgecolor=canvas.theme.surface,
        markeredgewidth=0.8,
        linestyle="none",
        zorder=5,
    )


def draw_beyond(axes: Axes, canvas: Canvas, contender: str, level: float) -> None:
    """An arrow at the right edge: this one is told, not drawn."""
    axes.plot(
        [0.97],
        [level],
        transform=axes.get_yaxis_transform(),
        marker=">",
        markersize=9,
        color=canvas.color(contender),
        linestyle="none",
        zorder=5,
    )
