"""Every block's value of every contender: the data under each estimate."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.figure import Figure

from reports.drawing import ticks
from reports.drawing.canvas import Canvas, drawing
from reports.drawing.ladder import Ladder, Rung, Side, ladder, set_scale
from reports.drawing.palette import Style
from reports.drawing.ticks import TimeUnit

_ROW = 44
_SPREAD = 0.62  # of the row's height, from the first block to the last


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockValues:
    """One contender's `real` (ns) per block, with the estimate and its 95 % interval."""

    contender: str
    blocks: tuple[int, ...]
    values: tuple[float, ...]
    estimate: float
    low: float
    high: float
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockGroup:
    """The contenders of one tier, in the order of the other charts."""

    heading: str | None
    rows: tuple[BlockValues, ...]


def block_figure(
    groups: Sequence[BlockGroup],
    styles: Mapping[str, Style],
    canvas: Canvas,
    *,
    unit: TimeUnit,
    blocks: int,
) -> Figure:
    """A dot a block, the first block on top of its row; the line is the 95 % interval."""
    with drawing():
        axis = f"mean real time of one block, {unit.name} (logarithmic)"
        built = ladder(canvas, _sides(groups, styles), row=_ROW, axis=axis)
        everything = [
            v / unit.ns for g in groups for r in g.rows for v in (*r.values, r.low, r.high)
        ]
        set_scale(built.axes, ticks.padded(everything), canvas)
        for group in groups:
            for row in group.rows:
                _mark(built, row, styles[row.contender], canvas, unit, blocks)
    return built.figure


def _sides(groups: Sequence[BlockGroup], styles: Mapping[str, Style]) -> tuple[Side, ...]:
    return tuple(
        Side(
            heading=group.heading,
            rungs=tuple(
                Rung(contender=row.contender, label=styles[row.contender].label, value=row.text)
                for row in group.rows
            ),
        )
        for group in groups
    )


def _mark(
    built: Ladder, row: BlockValues, style: Style, canvas: Canvas, unit: TimeUnit, blocks: int
) -> None:
    color = canvas.theme.series[style.index]
    level = built.levels[row.contender]
    middle = (blocks - 1) / 2
    step = _ROW * _SPREAD / max(blocks - 1, 1)
    heights = level + (np.array(row.blocks, dtype=float) - middle) * step
    values = np.array(row.values, dtype=float) / unit.ns
    built.axes.plot(
        [row.low / unit.ns, row.high / unit.ns],
        [level, level],
        color=color,
        linewidth=9,
        alpha=0.22,
        solid_capstyle="butt",
        zorder=2,
    )
    built.axes.plot([row.estimate / unit.ns] * 2, [level - 15, level + 15], color=color, zorder=3)
    built.axes.plot(
        values,
        heights,
        marker=style.marker,
        markersize=4.6,
        linestyle="none",
        color=color,
        markeredgewidth=1,
        zorder=4,
    )
