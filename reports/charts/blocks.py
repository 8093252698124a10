"""Every block's value of every contender: the data under each estimate."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from reports.analysis.amounts import Amount
from reports.analysis.analysed import Analysis
from reports.analysis.block_values import block_means
from reports.analysis.standing import Place
from reports.charts import Chart, Picture, by_tier
from reports.drawing import ticks
from reports.drawing.canvas import Canvas, drawing
from reports.drawing.ladder import Group, Rung, ladder, set_scale
from reports.words import units
from reports.words.tables import Table, contender_table
from reports.words.units import Scale
from results.format import WorkloadPlan

_ROW = 44
_HOLLOW = (
    " A hollow mark: everything stood still then, or the machine was disturbed, as said above."
)
_SPREAD = 0.62  # of the row's height, from the first block to the last


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockValues(Rung):
    """One contender's time (ns) per block, with the estimate and its 95 % interval.

    `hollow` are the blocks in which everything stood still or the machine was disturbed.
    """

    blocks: tuple[int, ...]
    values: tuple[float, ...]
    hollow: frozenset[int]
    estimate: Amount


def picture(analysis: Analysis, workload: WorkloadPlan) -> Picture | None:
    groups = block_values_of(analysis, workload)
    if not groups:
        return None
    rows = [row for group in groups for row in group.rows]
    blocks = analysis.run["blocks"]
    unit = units.fitting(max(max(row.values) for row in rows), "ns")
    return Picture(
        name="blocks",
        heading="Every block’s value",
        caption="One mark per block, from the first (top of its row) to the last; the upright line "
        "is the estimate, the bar behind it its 95 % interval."
        + (_HOLLOW if any(row.hollow for row in rows) else ""),
        draw=lambda canvas: block_figure(groups, canvas, unit=unit, blocks=blocks),
        data=_table(rows),
    )


def block_values_of(analysis: Analysis, workload: WorkloadPlan) -> tuple[Group[BlockValues], ...]:
    """Everybody with a number, tier by tier, the best first."""
    means = block_means(analysis.frames.iterations, workload["name"], "real_ns")

    def row(place: Place) -> BlockValues:
        own, time = means[place.contender], place.time
        return BlockValues(
            contender=place.contender,
            blocks=tuple(own.index.tolist()),
            values=tuple(own.tolist()),
            hollow=analysis.notes.disturbed((workload["name"], place.contender)),
            estimate=time,
            text=str(units.told(time, "ns")),
        )

    return tuple(by_tier(analysis, workload, row))


def _table(rows: Sequence[BlockValues]) -> Table:
    measured = sorted({block for row in rows for block in row.blocks})
    values = {row.contender: dict(zip(row.blocks, row.values, strict=True)) for row in rows}
    return contender_table(
        {contender: [own.get(block) for block in measured] for contender, own in values.items()},
        [str(block + 1) for block in measured],
        caption="Mean real time of each block",
        first="Block →",
    )


def block_figure(
    groups: Sequence[Group[BlockValues]], canvas: Canvas, *, unit: Scale, blocks: int
) -> Figure:
    """A dot per block, the first block on top of its row; the line is the 95 % interval."""
    with drawing():
        axis = f"mean real time of one block, {unit.name} (logarithmic)"
        figure, axes, levels = ladder(canvas, groups, row=_ROW, axis=axis)
        rows = [row for group in groups for row in group.rows]
        everything = [v / unit.size for row in rows for v in (*row.values, *row.estimate.numbers)]
        set_scale(axes, ticks.padded(everything), canvas)
        for level, row in zip(levels, rows, strict=True):
            _mark(axes, level, row, canvas, unit, blocks)
    return figure


def _mark(
    axes: Axes, level: float, row: BlockValues, canvas: Canvas, unit: Scale, blocks: int
) -> None:
    color, estimate = canvas.color(row.contender), row.estimate.over(unit.size)
    axes.plot(
        [min(estimate.numbers), max(estimate.numbers)],
        [level, level],
        color=color,
        linewidth=9,
        alpha=0.22,
        solid_capstyle="butt",
        zorder=2,
    )
    axes.plot([estimate.value] * 2, [level - 15, level + 15], color=color, zorder=3)
    values, places = np.array(row.values) / unit.size, np.array(row.blocks)
    step = _ROW * _SPREAD / max(blocks - 1, 1)
    still = np.isin(places, list(row.hollow))
    for chosen, face in ((~still, color), (still, "none")):
        if chosen.any():
            axes.plot(
                values[chosen],
                level + (places[chosen] - (blocks - 1) / 2) * step,
                marker=canvas.styles[row.contender].marker,
                markersize=4.6,
                linestyle="none",
                color=color,
                markerfacecolor=face,
                markeredgewidth=1,
                zorder=4,
            )


CHART = Chart(place=2, picture=picture)
