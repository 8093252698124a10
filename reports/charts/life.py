"""A process's life: how long each of its iterations takes, from the first to the last measured."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from reports.analysis.analysed import Analysis
from reports.charts import Chart, Picture
from reports.drawing import ticks
from reports.drawing.canvas import Canvas, drawing, label_size, ruled
from reports.words import units
from reports.words.tables import Table, contender_table
from reports.words.units import Scale
from results.format import WorkloadPlan, length_of, quantity_of

_PANEL, _TITLE, _FOOT, _LEFT, _GAP = 112, 26, 40, 46, 16
_COLUMNS = 4
_STEP = 1.15  # from one bin to the next: finer than a reader can see
_ZERO = 0.6  # where iteration 0 stands on the logarithmic axis
_MARKED = 16  # a curve of more points has no marks but that of its first
_YOUNG_LEVEL, _MEASURED_LEVEL = 0.07, 0.02  # of a panel's height

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Life:
    """One contender's iterations in bins: the first one of each bin and the one after its last.

    `median`, `lower` and `upper` (ns) are the quartiles, over blocks, of a block's mean in the bin.
    Of `warmup` iterations nothing is measured, `young` is the last young one, None without any.
    """

    contender: str
    edges: tuple[int, ...]
    median: Floats
    lower: Floats
    upper: Floats
    warmup: int
    young: int | None

    @property
    def places(self) -> Floats:
        """Where the bins stand on the axis: in their geometric middle."""
        first, last = np.array(self.edges[:-1]), np.array(self.edges[1:]) - 1
        middles: Floats = np.sqrt(np.maximum(first, _ZERO) * np.maximum(last, _ZERO))
        return middles


def picture(analysis: Analysis, workload: WorkloadPlan) -> Picture | None:
    lives = lives_of(analysis, workload)
    if not lives:
        return None
    unit = units.fitting(max(each.median.max() for each in lives), "ns")
    return Picture(
        name="life",
        heading="A process’s life",
        caption=_caption(lives, workload["young"]),
        draw=lambda canvas: life_figure(lives, canvas, unit=unit),
        data=_table(lives),
    )


def _caption(lives: Sequence[Life], young: int | None) -> str:
    told = (
        "Real time of each iteration since the process started: median over the blocks, quartiles "
        "around it, the other contenders in grey. Both axes are logarithmic, and the same in all panels."
    )
    edges = max((each.edges for each in lives), key=len)
    if edges[-1] > len(edges) - 1:
        told += " Later iterations are taken together, in steps of 15 %."
    told += " The mark at the left is ‘first’"
    if young:
        told += f"; the grey bar at the foot ‘young’, iterations 1 to {young}"
    if any(each.warmup for each in lives):
        told += "; the coloured bar what is measured, after the warm-up (shaded; W iterations)"
    return f"{told}."


def lives_of(analysis: Analysis, workload: WorkloadPlan) -> tuple[Life, ...]:
    """The life of everybody with a number; none where a single iteration has no course to show."""
    name = workload["name"]
    if workload["iterations"] == 1:
        return ()
    every = analysis.frames.iterations
    own = every[every["workload"] == name]  # of millions of rows, once for all contenders
    found = (life(own, workload, place.contender) for place in analysis.places(name))
    return tuple(each for each in found if each is not None)


def life(iterations: pd.DataFrame, workload: WorkloadPlan, contender: str) -> Life | None:
    """The contender's curve; None where no invocation counts."""
    mine = (iterations["workload"] == workload["name"]) & (iterations["contender"] == contender)
    rows = iterations[mine & iterations["valid"]]
    if rows.empty:
        return None
    table = rows.pivot(index="block", columns="iteration", values="real_ns").dropna(axis=1)
    times = table.to_numpy(dtype=np.float64)
    edges = bins(times.shape[1])
    means = np.add.reduceat(times, edges[:-1], axis=1) / np.diff(edges)
    lower, median, upper = np.quantile(means, [0.25, 0.5, 0.75], axis=0)
    measured = quantity_of(workload) in ("steady", "as measured")
    return Life(
        contender=contender,
        edges=edges,
        median=median,
        lower=lower,
        upper=upper,
        warmup=length_of(workload, contender)["warmup"] if measured else 0,
        young=workload["young"],
    )


def bins(iterations: int) -> tuple[int, ...]:
    """Where bins begin, and the end of the last one: single iterations, then a step each."""
    edges = [0]
    while edges[-1] < iterations:
        edges.append(min(max(edges[-1] + 1, round(edges[-1] * _STEP)), iterations))
    return tuple(edges)


def _table(lives: Sequence[Life]) -> Table:
    edges = max((each.edges for each in lives), key=lambda edges: edges[-1])
    values = {}
    for each in lives:
        of = dict(zip(each.edges, each.median.tolist(), strict=False))
        values[each.contender] = [of.get(first) for first in edges[:-1]]
    names = [_name(first, end - 1) for first, end in zip(edges, edges[1:])]
    return contender_table(
        values, names, caption="Median real time of each iteration", first="Iteration →"
    )


def _name(first: int, last: int) -> str:
    return f"{first}" if first == last else f"{first}–{last}"


def life_figure(lives: Sequence[Life], canvas: Canvas, *, unit: Scale) -> Figure:
    """A panel a contender, the others pale behind it; iterations left out are shaded."""
    columns = min(len(lives), 2 if canvas.narrow else _COLUMNS)
    lines = math.ceil(len(lives) / columns)
    width = (canvas.width - _LEFT + _GAP) / columns - _GAP
    with drawing():
        figure = canvas.blank(lines * (_TITLE + _PANEL) + _FOOT)
        for index, own in enumerate(lives):
            row, column = divmod(index, columns)
            left, top = _LEFT + column * (width + _GAP), _TITLE + row * (_TITLE + _PANEL)
            axes = canvas.axes(figure, "y", left=left, top=top, width=width, height=_PANEL)
            _frame(axes, lives, unit)
            _label(axes, unit, left=column == 0, bottom=index + columns >= len(lives))
            _draw(axes, own, lives, canvas, unit)
            _mark_parts(axes, own, canvas)
    return figure


def _frame(axes: Axes, lives: Sequence[Life], unit: Scale) -> None:
    """Scales that all panels share, with room for the bars at the foot."""
    axes.set_xscale("log")
    axes.set_yscale("log")
    last = max(1, max(each.edges[-1] for each in lives) - 1)
    numbers = np.concatenate([np.concatenate([each.lower, each.upper]) for each in lives])
    low, high = ticks.padded((numbers[numbers > 0] / unit.size).tolist())
    low /= (high / low) ** 0.12
    axes.set_xlim(_ZERO / 1.25, last * 1.15)
    axes.set_ylim(low, high)
    ruled(axes.yaxis, ticks.logarithmic(low, high, 5))
    numbered = [at for at in ticks.logarithmic(1, last, 4) if at == int(at)] if last > 1 else [1]
    ruled(axes.xaxis, [_ZERO, *numbered], lambda at: "0" if at < 1 else ticks.label(at))


def _label(axes: Axes, unit: Scale, *, left: bool, bottom: bool) -> None:
    """Numbers and names, at the edges of the grid of panels alone."""
    axes.tick_params(labelleft=left, labelbottom=bottom)
    if left:
        axes.set_ylabel(unit.name, labelpad=2)
    if bottom:
        axes.set_xlabel("iteration", labelpad=3)


def _draw(axes: Axes, own: Life, lives: Sequence[Life], canvas: Canvas, unit: Scale) -> None:
    style, color = canvas.styles[own.contender], canvas.color(own.contender)
    for other in lives:
        if other is not own:
            axes.plot(
                other.places,
                other.median / unit.size,
                color=canvas.theme.muted,
                alpha=0.3,
                linewidth=0.8,
                zorder=1,
            )
    axes.fill_between(
        own.places,
        own.lower / unit.size,
        own.upper / unit.size,
        color=color,
        alpha=0.25,
        linewidth=0,
        zorder=2,
    )
    axes.plot(
        own.places,
        own.median / unit.size,
        color=color,
        dashes=style.dash or (None, None),
        linewidth=1.6,
        marker=style.marker,
        markersize=3.6,
        markevery=None if own.median.size <= _MARKED else [0],
        zorder=3,
    )
    # Two panels side by side on a phone have no room for a long label at full size.
    size = label_size(axes.bbox.width)
    label = canvas.label(own.contender, axes.bbox.width, size)
    axes.set_title(label, fontsize=size, color=canvas.theme.ink, loc="left", pad=5)


def _mark_parts(axes: Axes, own: Life, canvas: Canvas) -> None:
    """Shade the warm-up, and draw young and measured as bars at the foot."""
    if own.young:
        ends = [0.93, min(own.young, own.edges[-1] - 1) * 1.07]
        _foot(axes, ends, _YOUNG_LEVEL, canvas.theme.muted)
    if not own.warmup:
        return
    begin = math.sqrt(max(own.warmup - 1, _ZERO) * own.warmup)
    axes.axvspan(axes.get_xlim()[0], begin, color=canvas.theme.band, linewidth=0, zorder=0)
    end = (own.edges[-1] - 1) * 1.07
    _foot(axes, [begin, end], _MEASURED_LEVEL, canvas.color(own.contender))
    right = math.log(begin) > math.log(axes.get_xlim()[1]) / 3
    canvas.write(
        axes,
        f"W {own.warmup:,}",
        at=(begin, 1),
        within=("data", "axes fraction"),
        offset=(-3 if right else 3, -8),
        ha="right" if right else "left",
        quiet=True,
    )


def _foot(axes: Axes, ends: Sequence[float], level: float, color: str) -> None:
    foot = axes.get_xaxis_transform()
    axes.plot(
        ends,
        [level, level],
        transform=foot,
        color=color,
        linewidth=3,
        solid_capstyle="butt",
        zorder=4,
    )


CHART = Chart(place=4, picture=picture)
