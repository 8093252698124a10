"""One iteration as it happened: the survey's diagram of chains and pings, measured."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator
from numpy.typing import NDArray

from reports.charts import ticks
from reports.charts.canvas import SMALL, TEXT, Canvas, axes_at, blank, drawing, plain
from reports.charts.palette import Style
from reports.charts.ticks import TimeUnit

Floats = NDArray[np.float64]

_HEADING, _TITLE, _GAP, _FOOT, _TOP, _EDGE = 26, 20, 10, 44, 2, 1
_MOST_CHAINS_HEIGHT = 104.0
# Below this width in pixels a gap between two pings would hide the pings.
_SEPARABLE = 3.0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Trace:
    """One iteration of one contender; times in ns since its start, one element a ping.

    `seen` and `sent` are the origin's and NaN where it was not there.
    """

    contender: str
    block: int
    iteration: int
    real_ns: float
    chain: Floats
    start: Floats
    end: Floats
    seen: Floats
    sent: Floats

    @property
    def chains(self) -> int:
        return int(self.chain.max()) + 1

    @property
    def at_origin_ns(self) -> float:
        return float(np.nansum(self.sent - self.seen))

    @property
    def sum_ns(self) -> float:
        return float(np.sum(self.end - self.start))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TraceGroup:
    """The iterations of one tier's contenders, drawn over one time axis."""

    heading: str | None
    traces: tuple[Trace, ...]


def median_iteration(
    iterations: pd.DataFrame, pings: pd.DataFrame, workload: str, contender: str
) -> Trace | None:
    """The measured iteration whose `real` is the (lower) median of all the contender's."""
    rows = _rows(iterations, workload, contender)
    if rows.empty:
        return None
    ordered = rows.sort_values(["real_ns", "block", "iteration"], kind="stable")
    row = ordered.iloc[(len(ordered) - 1) // 2]
    own = _rows(pings, workload, contender)
    own = own[(own["block"] == row["block"]) & (own["iteration"] == row["iteration"])]
    if own.empty:
        return None
    columns = {name: own[f"{name}_ns"].to_numpy(dtype=float) for name in _TIMES}
    return Trace(
        contender=contender,
        block=int(row["block"]),
        iteration=int(row["iteration"]),
        real_ns=float(row["real_ns"]),
        chain=own["chain"].to_numpy(dtype=float),
        **columns,
    )


_TIMES = ("start", "end", "seen", "sent")


def _rows(frame: pd.DataFrame, workload: str, contender: str) -> pd.DataFrame:
    mine = (frame["workload"] == workload) & (frame["contender"] == contender)
    return frame[mine & frame["valid"] & frame["measured"]]


def timeline_figure(
    groups: Sequence[TraceGroup], styles: Mapping[str, Style], canvas: Canvas, unit: TimeUnit
) -> Figure:
    """A panel a contender, a row a chain, a bar a ping, pale where the origin had it."""
    with drawing():
        figure = blank(canvas, _TOP + sum(_group_height(group) for group in groups))
        top = float(_TOP)
        for group in groups:
            _draw_group(figure, group, styles, canvas, unit, top)
            top += _group_height(group)
    return figure


def row_height(chains: int) -> float:
    """Height of a chain's row in pixels: many chains share what a few may fill."""
    return min(15.0, _MOST_CHAINS_HEIGHT / chains)


def _panel_height(trace: Trace) -> float:
    return row_height(trace.chains) * trace.chains


def _group_height(group: TraceGroup) -> float:
    panels = sum(_TITLE + _panel_height(trace) + _GAP for trace in group.traces)
    return (_HEADING if group.heading else 0) + panels + _FOOT


def _draw_group(
    figure: Figure,
    group: TraceGroup,
    styles: Mapping[str, Style],
    canvas: Canvas,
    unit: TimeUnit,
    top: float,
) -> None:
    longest = max(trace.real_ns for trace in group.traces) / unit.ns
    width = canvas.width - 2 * _EDGE
    if group.heading:
        _heading(figure, canvas, group.heading, top)
        top += _HEADING
    for position, trace in enumerate(group.traces):
        height = _panel_height(trace)
        axes = axes_at(figure, left=_EDGE, top=top + _TITLE, width=width, height=height)
        axes.set_xlim(0, longest * 1.01)
        axes.set_ylim(trace.chains, 0)
        last = position == len(group.traces) - 1
        _frame(axes, canvas, unit, labelled=last)
        _title(axes, trace, styles[trace.contender], canvas, unit)
        _draw_trace(axes, trace, styles[trace.contender], canvas, unit)
        top += _TITLE + height + _GAP


def _heading(figure: Figure, canvas: Canvas, text: str, top: float) -> None:
    width, height = figure.get_size_inches() * figure.dpi
    figure.text(0, 1 - (top + 15) / height, text, color=canvas.theme.muted, fontsize=SMALL)


def _frame(axes: Axes, canvas: Canvas, unit: TimeUnit, *, labelled: bool) -> None:
    plain(axes, canvas.theme)
    positions = ticks.linear(0, axes.get_xlim()[1], 5 if canvas.narrow else 10)
    axes.xaxis.set_major_locator(FixedLocator(list(positions)))
    axes.yaxis.set_major_locator(NullLocator())
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:.4g}"))
    axes.tick_params(labelbottom=labelled)
    if labelled:
        text = f"time since the iteration's start, {unit.name}"
        axes.set_xlabel(text, fontsize=SMALL, color=canvas.theme.muted, labelpad=4)


def _title(axes: Axes, trace: Trace, style: Style, canvas: Canvas, unit: TimeUnit) -> None:
    for place, align, text, color in (
        (0.0, "left", style.label, canvas.theme.ink),
        (1.0, "right", f"{trace.real_ns / unit.ns:.3g} {unit.name}", canvas.theme.muted),
    ):
        axes.annotate(
            text,
            xy=(place, 1),
            xycoords="axes fraction",
            xytext=(0, 5),
            textcoords="offset points",
            ha=align,
            va="bottom",
            color=color,
            fontsize=TEXT if align == "left" else SMALL,
            annotation_clip=False,
        )


def _draw_trace(axes: Axes, trace: Trace, style: Style, canvas: Canvas, unit: TimeUnit) -> None:
    color = canvas.theme.series[style.index]
    height = row_height(trace.chains)
    pad = 0.14 if height >= 4 else 0.0
    start, end = trace.start / unit.ns, trace.end / unit.ns
    real = trace.real_ns / unit.ns
    if pad:
        middle = np.arange(trace.chains) + 0.5
        axes.hlines(middle, 0, real, color=canvas.theme.muted, linewidth=1, zorder=2)
    _fill(axes, _boxes(start, end, trace.chain, pad), canvas.theme.surface, zorder=3)
    known = ~np.isnan(trace.seen) & ~np.isnan(trace.sent)
    at_origin = _boxes(
        trace.seen[known] / unit.ns, trace.sent[known] / unit.ns, trace.chain[known], pad
    )
    _fill(axes, at_origin, color, zorder=4, alpha=0.3)
    for left, right in _outside(trace, known, unit):
        _fill(axes, _boxes(left, right, trace.chain, pad), color, zorder=4)
    if _pixels(axes, float(np.median(end - start))) > _SEPARABLE:
        _separate(axes, end, trace.chain, canvas)
    for moment in (0.0, real):
        axes.axvline(moment, color=canvas.theme.ink, linewidth=1.6, zorder=6)


def _outside(
    trace: Trace, known: NDArray[np.bool_], unit: TimeUnit
) -> tuple[tuple[Floats, Floats], tuple[Floats, Floats]]:
    """The parts of each ping before the origin had it and after; all of it where unknown."""
    start, end = trace.start / unit.ns, trace.end / unit.ns
    before = np.where(known, trace.seen / unit.ns, end)
    after = np.where(known, trace.sent / unit.ns, end)
    return (start, before), (after, end)


def _boxes(left: Floats, right: Floats, chain: Floats, pad: float) -> Path:
    """All rectangles as one path, which is a fraction of the size of one path each."""
    if left.size == 0:
        return Path(np.empty((0, 2)))
    corners = np.empty((left.size, 5, 2))
    corners[:, :, 0] = np.stack([left, right, right, left, left], axis=1)
    upper, lower = chain + pad, chain + 1 - pad
    corners[:, :, 1] = np.stack([upper, upper, lower, lower, upper], axis=1)
    codes = np.tile([Path.MOVETO, Path.LINETO, Path.LINETO, Path.LINETO, Path.CLOSEPOLY], left.size)
    return Path(corners.reshape(-1, 2), codes)


def _fill(axes: Axes, path: Path, color: str, *, zorder: int, alpha: float = 1.0) -> None:
    if len(path.vertices):
        axes.add_patch(PathPatch(path, facecolor=color, linewidth=0, zorder=zorder, alpha=alpha))


def _separate(axes: Axes, end: Floats, chain: Floats, canvas: Canvas) -> None:
    """A hair line in the page's colour where one ping ends and the next begins."""
    corners = np.stack([np.stack([end, chain], 1), np.stack([end, chain + 1], 1)], 1)
    codes = np.tile([Path.MOVETO, Path.LINETO], end.size)
    path = Path(corners.reshape(-1, 2), codes)
    axes.add_patch(
        PathPatch(path, facecolor="none", edgecolor=canvas.theme.surface, linewidth=1, zorder=5)
    )


def _pixels(axes: Axes, length: float) -> float:
    low, high = axes.get_xlim()
    return float(length / (high - low) * axes.bbox.width)
