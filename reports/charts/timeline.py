"""One iteration as it happened: the survey's diagram of chains and pings, measured."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from reports.analysis.analysed import Analysis
from reports.analysis.standing import Place
from reports.analysis.traces import Bars, Floats, Trace, at_origin, joined
from reports.charts import Chart, Picture, by_tier
from reports.drawing import ticks
from reports.drawing.canvas import SMALL, TEXT, Canvas, drawing, ruled
from reports.drawing.ladder import Group
from reports.words import units
from reports.words.tables import Cell, Column, RowGroup, Table, contender_table
from reports.words.units import Scale
from results.format import WorkloadPlan

_HEADING, _TITLE, _GAP, _FOOT, _TOP, _EDGE = 26, 20, 10, 44, 2, 4
_MOST_CHAINS_HEIGHT = 104.0
# In pixels: what is shorter is not drawn, and gaps that are shorter are not left.
_VISIBLE = 0.3
# Below this median width in pixels, lines between pings would hide the pings.
_SEPARABLE = 3.0
# Rows of this height have room for white space between them.
_ROOMY, _THICKNESS = 4.0, 0.72
# Lower rows overlap a little, so that no seam shows between them.
_OVERLAP = 0.2


def picture(analysis: Analysis, workload: WorkloadPlan) -> Picture | None:
    pings = analysis.frames.pings
    name = workload["name"]

    def trace(place: Place) -> Trace | None:
        cell = pings.get((name, place.contender))
        return None if cell is None else cell.median

    groups = tuple(by_tier(analysis, workload, trace))
    if not groups:
        return None
    traces = [trace for group in groups for trace in group.rows]
    unit = units.fitting(max(trace.real_ns for trace in traces), "ns")
    pale = "" if analysis.live else " Pale: at the origin. Full: client, kernel and queue."
    return Picture(
        name="timeline",
        heading="One median iteration",
        caption="One row per chain, one bar per ping, between start and join (the upright lines)."
        f"{pale} Contenders of a tier share one time axis.",
        draw=lambda canvas: timeline_figure(groups, canvas, unit),
        data=_table(traces, live=analysis.live),
    )


def _table(traces: Sequence[Trace], *, live: bool) -> Table:
    names = ["Real time", "Total time", *([] if live else ["of it at the origin"])]
    times = {t.contender: [t.real_ns, t.sum_ns, t.at_origin_ns][: len(names)] for t in traces}
    caption = "The iterations drawn, each its contender’s median"
    table = contender_table(times, names, caption=caption)
    which = (f"block {trace.block + 1}, iteration {trace.iteration}" for trace in traces)
    rows = tuple(
        replace(row, cells=(*row.cells, Cell(text=text)))
        for row, text in zip(table.groups[0].rows, which, strict=True)
    )
    columns = (*table.columns, Column(name="Which"))
    return replace(table, columns=columns, groups=(RowGroup(rows=rows),))


def timeline_figure(groups: Sequence[Group[Trace]], canvas: Canvas, unit: Scale) -> Figure:
    """A panel per contender, a row per chain, a bar per ping, pale while it was at the origin."""
    with drawing():
        figure = canvas.blank(_TOP + sum(_group_height(group) for group in groups))
        top = float(_TOP)
        for group in groups:
            _draw_group(figure, group, canvas, unit, top)
            top += _group_height(group)
    return figure


def row_height(chains: int) -> float:
    """Height of a chain's row in pixels: many chains share what a few may fill."""
    return min(15.0, _MOST_CHAINS_HEIGHT / chains)


def _panel_height(trace: Trace) -> float:
    return row_height(trace.chains) * trace.chains


def _group_height(group: Group[Trace]) -> float:
    panels = sum(_TITLE + _panel_height(trace) + _GAP for trace in group.rows)
    return (_HEADING if group.heading else 0) + panels + _FOOT


def _draw_group(
    figure: Figure, group: Group[Trace], canvas: Canvas, unit: Scale, top: float
) -> None:
    longest = max(trace.real_ns for trace in group.rows) / unit.size
    width = canvas.width - 2 * _EDGE
    if group.heading:
        level = 1 - (top + 15) / (figure.get_size_inches()[1] * figure.dpi)
        muted = canvas.theme.muted
        figure.text(_EDGE / canvas.width, level, group.heading, color=muted, fontsize=SMALL)
        top += _HEADING
    for trace in group.rows:
        height = _panel_height(trace)
        axes = canvas.axes(figure, "x", left=_EDGE, top=top + _TITLE, width=width, height=height)
        axes.set_xlim(0, longest * 1.01)
        axes.set_ylim(trace.chains, 0)
        _frame(axes, canvas, unit, last=trace is group.rows[-1])
        _title(axes, trace, canvas, unit)
        _draw_trace(axes, trace, canvas, unit)
        top += _TITLE + height + _GAP


def _frame(axes: Axes, canvas: Canvas, unit: Scale, *, last: bool) -> None:
    ruled(axes.xaxis, ticks.linear(0, axes.get_xlim()[1], 5 if canvas.narrow else 10))
    ruled(axes.yaxis, ())
    axes.tick_params(labelbottom=last)
    if last:
        axes.set_xlabel(f"time since the iteration's start, {unit.name}", labelpad=4)


def _title(axes: Axes, trace: Trace, canvas: Canvas, unit: Scale) -> None:
    label = canvas.label(trace.contender, 0.75 * canvas.width)
    time = f"{trace.real_ns / unit.size:.3g} {unit.name}"
    canvas.write(axes, label, at=(0, 1), offset=(0, 5), va="bottom", size=TEXT)
    canvas.write(axes, time, at=(1, 1), offset=(0, 5), va="bottom", ha="right", quiet=True)


def _draw_trace(axes: Axes, trace: Trace, canvas: Canvas, unit: Scale) -> None:
    color, surface = canvas.color(trace.contender), canvas.theme.surface
    height = row_height(trace.chains)
    thickness = height * _THICKNESS if height >= _ROOMY else height + _OVERLAP
    pixel = axes.get_xlim()[1] * unit.size / axes.bbox.width
    if height >= _ROOMY:
        none = np.zeros(trace.chains)
        lives = Bars(left=none, right=none + trace.real_ns, chain=np.arange(trace.chains) + none)
        _stroke(axes, _across(lives, unit), canvas.theme.muted, 1, zorder=2)
    _stroke(axes, _across(joined(trace, _VISIBLE * pixel), unit), color, thickness, zorder=3)
    held = _across(at_origin(trace, _VISIBLE * pixel), unit)
    _stroke(axes, held, surface, thickness, zorder=4)
    _stroke(axes, held, color, thickness, zorder=5, alpha=0.3)
    if float(np.median(trace.end - trace.start)) > _SEPARABLE * pixel:
        end = trace.end / unit.size  # where one ping ends and the next begins
        _stroke(axes, (end, trace.chain, end, trace.chain + 1), surface, 1, zorder=6)
    for moment in (0.0, trace.real_ns / unit.size):
        axes.axvline(moment, color=canvas.theme.ink, linewidth=1.6, zorder=7)


def _across(bars: Bars, unit: Scale) -> tuple[Floats, ...]:
    """A line along each bar: left, top, right, bottom."""
    level = bars.chain + 0.5
    return bars.left / unit.size, level, bars.right / unit.size, level


def _stroke(
    axes: Axes, lines: Sequence[Floats], color: str, width: float, *, zorder: int, alpha: float = 1
) -> None:
    """Draw all lines as one path: that is a fraction of the size of one path each."""
    if lines[0].size:
        points = np.stack(lines, axis=1).reshape(-1, 2)
        path = Path(points, np.tile([Path.MOVETO, Path.LINETO], lines[0].size))
        look = {"edgecolor": color, "linewidth": width, "zorder": zorder, "alpha": alpha}
        # An artist, not a patch: the axes' limits are set, and finding them anew is slow.
        axes.add_artist(PathPatch(path, facecolor="none", capstyle="butt", **look))


CHART = Chart(place=3, picture=picture)
