"""One iteration as it happened: the survey's diagram of chains and pings, measured."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from reports.analysis.analysed import Analysis
from reports.analysis.standing import Place
from reports.analysis.traces import Bars, Floats, Trace, parts_of, under_way
from reports.charts import MOST_PANELS, Chart, Picture, by_tier, drawn_of, thinned
from reports.drawing import ticks
from reports.drawing.canvas import Canvas, drawing, ruled
from reports.drawing.ladder import Group
from reports.drawing.strokes import stroke
from reports.words import units
from reports.words.findings import iteration_finding
from reports.words.tables import Cell, Column, RowGroup, Table, contender_table
from reports.words.units import Scale
from results.format import WorkloadPlan

_HEADING, _TITLE, _GAP, _FOOT, _KEY, _EDGE = 28, 24, 12, 54, 30, 4
_ROW, _MOST_HEIGHT = 22.0, 112.0
# Rows of more chains are lines nobody can tell apart: how many are where is drawn in their place.
MOST_ROWS = 16
_BUNDLE_HEIGHT, _STEP = 96.0, 8  # pixels from one moment of a stack to the next
# Of a row's height: on its way to the origin, there, and on its way back.
_REQUEST, _ORIGIN, _ANSWER = 0.78, 0.14, 0.42
# One that takes this many times the shortest of its tier, or more, is cut off there: the others would
# be slivers beside it.
_LONGEST = 2.5
# So many pings of an iteration have room side by side; of more the longest are drawn.
_MOST_PINGS = 4000
_SHADES = {"request": 1.0, "answer": 0.55, "origin": 0.2}
_WORDS = {
    "request": "request: program, kernel, queue",
    "origin": "at the origin",
    "answer": "answer: kernel, program",
}


def picture(analysis: Analysis, workload: WorkloadPlan) -> Picture | None:
    pings, name = analysis.frames.pings, workload["name"]
    chosen = drawn_of(analysis, workload, MOST_PANELS)

    def trace(place: Place) -> Trace | None:
        cell = pings.get((name, place.contender))
        return None if cell is None or place.contender not in chosen else cell.nearest

    groups = tuple(by_tier(analysis, workload, trace))
    if not groups:
        return None
    traces = [trace for group in groups for trace in group.rows]
    unit = units.fitting(max(trace.real_ns for trace in traces), "ns")
    return Picture(
        name="timeline",
        heading="One iteration as it happened",
        caption=_caption(groups) + thinned(len(traces), len(analysis.places(name))),
        finding=iteration_finding(analysis, traces),
        draw=lambda canvas: timeline_figure(groups, canvas, unit, live=analysis.live),
        data=_table(traces, live=analysis.live),
    )


def _caption(groups: Sequence[Group[Trace]]) -> str:
    traces = [trace for group in groups for trace in group.rows]
    told = "Of each contender the iteration nearest to its estimate, on one axis for a tier. "
    if max(trace.chains for trace in traces) > MOST_ROWS:
        told += "Stacked: how many chains are where, at each moment."
    else:
        told += "A row is a chain."
    if any(_limit(group.rows) < trace.real_ns for group in groups for trace in group.rows):
        told += " An arrow: it goes on beyond the axis."
    if any(trace.start.size > _MOST_PINGS for trace in traces):
        told += f" Of an iteration’s pings the {_MOST_PINGS:,} longest are drawn."
    return told


def _table(traces: Sequence[Trace], *, live: bool) -> Table:
    names = ["Real time", "Total time", *([] if live else ["of it at the origin"])]
    times = {t.contender: [t.real_ns, t.sum_ns, t.at_origin_ns][: len(names)] for t in traces}
    caption = "The iterations drawn, each the nearest to its contender’s estimate"
    table = contender_table(times, names, caption=caption)
    which = (f"block {trace.block + 1}, iteration {trace.iteration}" for trace in traces)
    rows = tuple(
        replace(row, cells=(*row.cells, Cell(text=text)))
        for row, text in zip(table.groups[0].rows, which, strict=True)
    )
    columns = (*table.columns, Column(name="Which"))
    return replace(table, columns=columns, groups=(RowGroup(rows=rows),))


def timeline_figure(
    groups: Sequence[Group[Trace]], canvas: Canvas, unit: Scale, *, live: bool = False
) -> Figure:
    """A panel per contender: a row per chain, or of many chains how many are where."""
    with drawing():
        key = 0 if live else _key_height(canvas)
        figure = canvas.blank(key + sum(_group_height(group) for group in groups))
        top = float(key)
        for group in groups:
            first = _draw_group(figure, group, canvas, unit, top)
            if key and group is groups[0]:
                bundled = group.rows[0].chains > MOST_ROWS
                above = _TITLE + (_HEADING if group.heading else 0)
                _draw_key(first, canvas, above + key, bundled=bundled)
            top += _group_height(group)
    return figure


def _key_height(canvas: Canvas) -> int:
    return _KEY * (3 if canvas.narrow else 1)


def row_height(chains: int) -> float:
    """Height of a chain's row in pixels."""
    return min(_ROW, _MOST_HEIGHT / chains)


def _panel_height(trace: Trace) -> float:
    if trace.chains > MOST_ROWS:
        return _BUNDLE_HEIGHT
    return row_height(trace.chains) * trace.chains


def _group_height(group: Group[Trace]) -> float:
    panels = sum(_TITLE + _panel_height(trace) + _GAP for trace in group.rows)
    return (_HEADING if group.heading else 0) + panels + _FOOT


def _draw_group(
    figure: Figure, group: Group[Trace], canvas: Canvas, unit: Scale, top: float
) -> Axes:
    """Draw a tier; return its first panel."""
    longest = _limit(group.rows) / unit.size
    bundled = max(trace.chains for trace in group.rows) > MOST_ROWS
    left = 30 if bundled else _EDGE
    width = canvas.width - left - _EDGE
    drawn = []
    top += _HEADING if group.heading else 0
    for trace in group.rows:
        height = _panel_height(trace)
        axes = canvas.axes(figure, "x", left=left, top=top + _TITLE, width=width, height=height)
        drawn.append(axes)
        axes.set_xlim(0, longest * 1.01)
        axes.set_ylim(*((0, trace.chains) if bundled else (trace.chains, 0)))
        _frame(axes, canvas, unit, trace, last=trace is group.rows[-1])
        _title(axes, trace, canvas, unit)
        (_bundle if bundled else _rows)(axes, trace, canvas, unit)
        for moment in (0.0, trace.real_ns / unit.size):
            axes.axvline(moment, color=canvas.theme.ink, linewidth=1.6, zorder=7)
        top += _TITLE + height + _GAP
    if group.heading:
        offset = (-left, _TITLE + _HEADING / 2 + 2)
        canvas.write(drawn[0], group.heading, at=(0, 1), offset=offset, quiet=True, ha="left")
    return drawn[0]


def _limit(traces: Sequence[Trace]) -> float:
    """Where the axis of a tier ends, ns."""
    times = [trace.real_ns for trace in traces]
    return min(max(times), _LONGEST * min(times))


def _frame(axes: Axes, canvas: Canvas, unit: Scale, trace: Trace, *, last: bool) -> None:
    end = 0.97 * axes.get_xlim()[1]  # a number at the very end would be cut
    ruled(axes.xaxis, ticks.linear(0, end, 5 if canvas.narrow else 10))
    ruled(axes.yaxis, (0, trace.chains) if trace.chains > MOST_ROWS else ())
    axes.tick_params(labelbottom=last)
    if last:
        axes.set_xlabel(f"time since the iteration’s start, {unit.name}", labelpad=6)


def _title(axes: Axes, trace: Trace, canvas: Canvas, unit: Scale) -> None:
    label = canvas.label(trace.contender, 0.7 * canvas.width)
    time = f"{units.digits(trace.real_ns / unit.size)} {unit.name}"
    if trace.real_ns / unit.size > axes.get_xlim()[1]:
        time += " →"
    canvas.write(axes, label, at=(0, 1), offset=(0, 12), ha="left")
    canvas.write(axes, time, at=(1, 1), offset=(0, 12), ha="right", quiet=True)


def _rows(axes: Axes, trace: Trace, canvas: Canvas, unit: Scale) -> None:
    """A bar for each ping: high on its way there, a line at the origin, lower on its way back."""
    color, height = canvas.color(trace.contender), row_height(trace.chains)
    none = np.zeros(trace.chains)
    lives = Bars(left=none, right=none + trace.real_ns, chain=np.arange(trace.chains) + none)
    stroke(axes, _across(lives, unit), canvas.theme.faint, 1, zorder=2)
    parts = parts_of(trace.longest_first(_MOST_PINGS))
    for bars, share in (
        (parts.request, _REQUEST),
        (parts.origin, _ORIGIN),
        (parts.answer, _ANSWER),
    ):
        stroke(axes, _across(bars, unit), color, share * height, zorder=3)
    # Where one ping ends and the next begins.
    pixel = axes.get_xlim()[1] * unit.size / axes.bbox.width
    if float(np.median(trace.end - trace.start)) > 4 * pixel:
        end, surface = trace.end / unit.size, canvas.theme.surface
        stroke(axes, (end, trace.chain, end, trace.chain + 1), surface, 1, zorder=6)


def _across(bars: Bars, unit: Scale) -> tuple[Floats, ...]:
    """A line along each bar: left, top, right, bottom."""
    level = bars.chain + 0.5
    return bars.left / unit.size, level, bars.right / unit.size, level


def _bundle(axes: Axes, trace: Trace, canvas: Canvas, unit: Scale) -> None:
    """How many chains are where, stacked: at the origin, answered, on their way there."""
    parts, color = parts_of(trace), canvas.color(trace.contender)
    end = min(trace.real_ns, axes.get_xlim()[1] * unit.size)
    steps = int(axes.bbox.width * end / unit.size / axes.get_xlim()[1] // _STEP) + 1
    edges = np.linspace(0, end, steps + 1)
    middles = (edges[1:] + edges[:-1]) / 2
    moments = np.concatenate([[0.0], middles, [end]]) / unit.size
    below = np.zeros(steps + 2)
    for name in ("origin", "answer", "request"):
        above = below + np.pad(under_way(getattr(parts, name), edges), 1, mode="edge")
        axes.fill_between(
            moments, below, above, color=color, alpha=_SHADES[name], linewidth=0, zorder=3
        )
        axes.plot(moments, above, color=canvas.theme.surface, linewidth=0.8, zorder=4)
        below = above


def _draw_key(axes: Axes, canvas: Canvas, above: float, *, bundled: bool) -> None:
    """What the parts of a bar, or the layers of a stack, are; `above` pixels over the axes."""
    bounds, ink = axes.get_window_extent(), canvas.theme.muted
    x, step = 0.0, 0 if canvas.narrow else canvas.width * 0.36
    heights = {"request": _REQUEST, "origin": _ORIGIN, "answer": _ANSWER}
    for place, (name, words) in enumerate(_WORDS.items()):
        y = above - _KEY * (place if canvas.narrow else 0) - _KEY / 2
        left = x - (axes.bbox.x0 - _EDGE)
        axes.plot(
            [left / bounds.width, (left + 22) / bounds.width],
            [1 + y / bounds.height] * 2,
            transform=axes.transAxes,
            color=ink,
            alpha=_SHADES[name] if bundled else 1,
            linewidth=16 if bundled else 16 * heights[name],
            solid_capstyle="butt",
            clip_on=False,
        )
        canvas.write(axes, words, at=(0, 1), offset=(left + 30, y), ha="left", quiet=True)
        x += step if name != "origin" else step * 0.55


CHART = Chart(place=3, picture=picture)
