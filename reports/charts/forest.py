"""Ratios with their intervals, beside the blocks that they come from."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from reports.analysis.analysed import Analysis
from reports.analysis.forest import Branch, Tree, trees_of
from reports.charts import Chart, Picture
from reports.drawing import ticks
from reports.drawing.blocks import ROW, draw_beyond, draw_blocks, draw_estimate, level_of
from reports.drawing.canvas import Canvas, drawing, ruled
from reports.drawing.strokes import polylines
from reports.words import units
from reports.words.findings import standing_finding
from reports.words.tables import Table, contender_table
from reports.words.units import Scale
from results.format import WorkloadPlan

_HEADING, _FOOT, _TOP, _LABEL_LINE = 30, 54, 6, 22
_LABELS, _TEXTS, _GAP, _EDGE = 190, 122, 26, 20
_INDENT = 6
# Where one contender takes many times as long, the others would all stand at 1: the axis of ratios
# ends here, and an arrow says that one lies beyond.
_FAR, _END = 3.0, 2.0
_MOST_PAIRED = 40  # blocks: lines of more would be a grey area


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """A branch, and the level of its marks, in pixels from the top of the axes."""

    branch: Branch
    level: float


def picture(analysis: Analysis, workload: WorkloadPlan) -> Picture | None:
    trees = trees_of(analysis, workload)
    if not trees:
        return None
    branches = [branch for tree in trees for branch in tree.branches]
    unit = units.fitting(max(max(b.times.values()) for b in branches), "ns")
    blocks, delta = analysis.run["blocks"], analysis.run["delta"]
    compared = any(branch.ratios for branch in branches)
    return Picture(
        name="forest",
        heading=f"{'Ratios' if compared else 'Times'}, and the blocks behind them",
        caption=_caption(branches, blocks, delta),
        finding=standing_finding(analysis, workload),
        draw=lambda canvas: forest(trees, canvas, unit=unit, blocks=blocks, delta=delta),
        data=_table(branches),
    )


def _caption(branches: Sequence[Branch], blocks: int, delta: float) -> str:
    told = "A dot is a block, the first on top; "
    told += "thin lines join those of one block, and " if blocks <= _MOST_PAIRED else ""
    told += "bars are 95 % intervals."
    if any(branch.ratios for branch in branches):
        told += f" Within the band (±{units.percent(delta)}) times count as equivalent."
    if _limits(branches, delta)[1] == _END:
        told += " An arrow: beyond the axis."
    if any(branch.hollow for branch in branches):
        told += " A ring: the machine was disturbed or stood still."
    if blocks > _MOST_PAIRED:
        told += f" The lines that would join {blocks} blocks are left out."
    return told


def _table(branches: Sequence[Branch]) -> Table:
    measured = sorted({block for branch in branches for block in branch.times})
    return contender_table(
        {b.contender: [b.times.get(block) for block in measured] for b in branches},
        [str(block + 1) for block in measured],
        caption="Mean time of an iteration in each block",
        first="Block →",
    )


def forest(
    trees: Sequence[Tree], canvas: Canvas, *, unit: Scale, blocks: int, delta: float
) -> Figure:
    """Times and ratios beside each other, or the ratios above the times on a narrow canvas."""
    branches = [branch for tree in trees for branch in tree.branches]
    compared = any(branch.ratios for branch in branches)
    line = _LABEL_LINE if canvas.narrow else 0
    height = sum((_HEADING if t.heading else 0) + (ROW + line) * len(t.branches) for t in trees)
    both = _TOP + height + _FOOT
    with drawing():
        if canvas.narrow:
            figure = canvas.blank(both * (2 if compared else 1))
            width = canvas.width - _INDENT - _EDGE
            times = (float(_INDENT), float(both + _TOP if compared else _TOP), float(width))
            ratios = (float(_INDENT), float(_TOP), float(width))
        else:
            figure = canvas.blank(both)
            room = canvas.width - _LABELS - _TEXTS - (_GAP if compared else 0)
            across = room * 0.52 if compared else room
            times = (_LABELS, _TOP, across)
            ratios = (_LABELS + across + _GAP, _TOP, room - across)
        axes = _axes(figure, canvas, times, height)
        rows = list(_rows(trees, line))
        _name(axes, canvas, trees, line)
        _draw_times(axes, rows, canvas, trees, unit, blocks)
        if not canvas.narrow and not compared:
            _tell(axes, rows, canvas, unit, line)
        if compared:
            beside = _axes(figure, canvas, ratios, height)
            if canvas.narrow:
                _name(beside, canvas, trees, line)
            _draw_ratios(beside, rows, canvas, blocks, delta)
            _tell(beside, rows, canvas, unit, line)
    return figure


def _axes(figure: Figure, canvas: Canvas, place: tuple[float, float, float], height: float) -> Axes:
    left, top, width = place
    axes = canvas.axes(figure, "x", left=left, top=top, width=width, height=height)
    axes.set_ylim(height, 0)
    axes.set_xscale("log")
    ruled(axes.yaxis, ())
    return axes


def _rows(trees: Sequence[Tree], line: float) -> Iterator[_Row]:
    top = 0.0
    for tree in trees:
        top += _HEADING if tree.heading else 0
        for branch in tree.branches:
            yield _Row(branch=branch, level=top + line + ROW / 2)
            top += ROW + line


def _name(axes: Axes, canvas: Canvas, trees: Sequence[Tree], line: float) -> None:
    """Headings of tiers and names of contenders, left of the axes or above each row."""
    left = 0 if canvas.narrow else -_LABELS
    rows = iter(_rows(trees, line))
    for tree in trees:
        own = [next(rows) for _ in tree.branches]
        first = own[0].level - ROW / 2 - line
        if tree.heading:
            _write(axes, canvas, tree.heading, first - _HEADING / 2, x=left, quiet=True)
        for row in own:
            level = row.level - ROW / 2 - line / 2 if canvas.narrow else row.level
            room = 0.56 * canvas.width if canvas.narrow else _LABELS - 8
            label = canvas.label(row.branch.contender, room)
            _write(axes, canvas, label, level, x=left)


def _write(
    axes: Axes, canvas: Canvas, text: str, level: float, *, x: float, quiet: bool = False
) -> None:
    # On a narrow canvas it stands on the plot itself, and so on a patch of the page's colour.
    patch = {"facecolor": canvas.theme.surface, "edgecolor": "none", "pad": 1.5}
    canvas.write(
        axes,
        text,
        at=(0, level),
        within=("axes fraction", "data"),
        offset=(x, 0),
        quiet=quiet,
        ha="left",
        bbox=patch if canvas.narrow else None,
    )


def _tell(axes: Axes, rows: Sequence[_Row], canvas: Canvas, unit: Scale, line: float) -> None:
    """Each one's ratio and interval, or the lowest time, at the right edge."""
    for row in rows:
        branch = row.branch
        if branch.ratios:
            text = units.ratio(*branch.ratio.numbers)
            value, interval = text.value, text.interval
        else:
            value, interval = units.told(branch.time, "ns").value, "lowest"
        within = ("axes fraction", "data")
        if canvas.narrow:
            told = f"{value}  {interval}"
            level = row.level - ROW / 2 - line / 2
            canvas.write(axes, told, at=(1, level), within=within, offset=(0, 0), ha="right")
        else:
            for text_, lower, quiet in ((value, -9, False), (interval, 9, True)):
                canvas.write(
                    axes,
                    text_,
                    at=(1, row.level),
                    within=within,
                    offset=(14, -lower),
                    quiet=quiet,
                    ha="left",
                )


def _draw_times(
    axes: Axes,
    rows: Sequence[_Row],
    canvas: Canvas,
    trees: Sequence[Tree],
    unit: Scale,
    blocks: int,
) -> None:
    everything = [
        value / unit.size
        for row in rows
        for value in (*row.branch.times.values(), *row.branch.time.numbers)
    ]
    low, high = ticks.padded(everything)
    axes.set_xlim(low, high)
    ruled(axes.xaxis, ticks.logarithmic(low, high, 4 if canvas.narrow else 5))
    axes.set_xlabel(f"time of an iteration, {unit.name} (log)", labelpad=6)
    if blocks <= _MOST_PAIRED:
        _join(axes, rows, canvas, trees, unit, blocks)
    for row in rows:
        branch = row.branch
        times = {block: time / unit.size for block, time in branch.times.items()}
        draw_estimate(
            axes, canvas, branch.contender, branch.time.over(unit.size).numbers, row.level
        )
        draw_blocks(
            axes,
            canvas,
            branch.contender,
            times,
            hollow=branch.hollow,
            level=row.level,
            blocks=blocks,
        )


def _join(
    axes: Axes,
    rows: Sequence[_Row],
    canvas: Canvas,
    trees: Sequence[Tree],
    unit: Scale,
    blocks: int,
) -> None:
    """Lines through the dots of each block, within a tier: parallel where a block slowed all."""
    lines, start = [], 0
    for tree in trees:
        own = rows[start : start + len(tree.branches)]
        start += len(own)
        for block in range(blocks):
            met = [row for row in own if block in row.branch.times]
            x = np.array([row.branch.times[block] / unit.size for row in met])
            lines.append((x, np.array([level_of(row.level, block, blocks) for row in met])))
    polylines(axes, lines, canvas.theme.pale, 0.6, zorder=1)


def _draw_ratios(
    axes: Axes, rows: Sequence[_Row], canvas: Canvas, blocks: int, delta: float
) -> None:
    low, high = _limits([row.branch for row in rows], delta)
    axes.set_xlim(low, high)
    most = 4 if canvas.narrow else 5
    ruled(axes.xaxis, ticks.logarithmic(low, high, most), lambda v: f"{ticks.label(v)}×")
    axes.set_xlabel("multiple of the lowest (log)", labelpad=6)
    axes.axvspan(1 / (1 + delta), 1 + delta, color=canvas.theme.band, linewidth=0, zorder=0)
    axes.axvline(1.0, color=canvas.theme.muted, linewidth=1, zorder=1)
    for row in rows:
        branch = row.branch
        if branch.ratio.value > high:
            draw_beyond(axes, canvas, branch.contender, row.level)
            continue
        shown = {block: ratio for block, ratio in branch.ratios.items() if low <= ratio <= high}
        draw_estimate(axes, canvas, branch.contender, branch.ratio.numbers, row.level)
        draw_blocks(
            axes,
            canvas,
            branch.contender,
            shown,
            hollow=branch.hollow,
            level=row.level,
            blocks=blocks,
        )


def _limits(branches: Sequence[Branch], delta: float) -> tuple[float, float]:
    """Limits of the axis of ratios, which leaves out those far away where others are near."""
    near = [branch for branch in branches if branch.ratio.value < _FAR]
    values = [1 / (1 + delta), 1 + delta]
    for branch in near:
        values += [*branch.ratio.numbers, *branch.ratios.values()]
    low, high = ticks.padded(values)
    if len(near) == len(branches):
        return low, high
    if sum(bool(branch.ratios) for branch in near) == 0:
        every = [n for branch in branches for n in branch.ratio.numbers]
        return ticks.padded([*values, *every])
    return max(low, 1 / _END), _END


CHART = Chart(place=1, picture=picture)
