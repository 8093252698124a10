"""How a contender gets faster in its first iterations: the warm-up curve."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from reports.analysis.analysed import Analysis
from reports.charts import Chart, Picture
from reports.drawing import ticks
from reports.drawing.canvas import Canvas, drawing, label_size, ruled
from reports.words import units
from reports.words.tables import Table, contender_table
from reports.words.units import Scale
from results.format import WorkloadPlan

_PANEL, _TITLE, _FOOT, _LEFT, _GAP = 92, 24, 40, 46, 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """Per iteration, the median of `real` (ns) over the blocks, and its quartiles."""

    contender: str
    median: tuple[float, ...]
    lower: tuple[float, ...]
    upper: tuple[float, ...]


def picture(analysis: Analysis, workload: WorkloadPlan) -> Picture | None:
    curves = curves_of(analysis, workload)
    if not curves:
        return None
    warmup = workload["warmup"]
    unit = units.fitting(max(max(each.median) for each in curves), "ns")
    iterations = "iteration is" if warmup == 1 else f"{warmup} iterations are"
    band = f" The first {iterations} warm-up (shaded) and left out." if warmup else ""
    return Picture(
        name="warmup",
        heading="Warm-up",
        caption="Real time of each iteration since the process started: median over the blocks, "
        f"quartiles around it, the other contenders in grey.{band}",
        draw=lambda canvas: warmup_figure(curves, canvas, unit=unit, warmup=warmup),
        data=_table(curves),
    )


def curves_of(analysis: Analysis, workload: WorkloadPlan) -> tuple[Curve, ...]:
    """A curve of everybody with a number; none where a single iteration has no course to show."""
    name = workload["name"]
    if workload["iterations"] == 1:
        return ()
    found = (
        curve(analysis.frames.iterations, name, place.contender) for place in analysis.places(name)
    )
    return tuple(each for each in found if each is not None)


def curve(iterations: pd.DataFrame, workload: str, contender: str) -> Curve | None:
    """The contender's warm-up curve; None where no invocation counts."""
    mine = (iterations["workload"] == workload) & (iterations["contender"] == contender)
    rows = iterations[mine & iterations["valid"]]
    if rows.empty:
        return None
    quartiles = rows.groupby("iteration")["real_ns"].quantile([0.25, 0.5, 0.75]).unstack()
    return Curve(
        contender=contender,
        median=tuple(quartiles[0.5].tolist()),
        lower=tuple(quartiles[0.25].tolist()),
        upper=tuple(quartiles[0.75].tolist()),
    )


def _table(curves: Sequence[Curve]) -> Table:
    numbers = range(max(len(each.median) for each in curves))
    return contender_table(
        {c.contender: [*c.median, *[None] * (len(numbers) - len(c.median))] for c in curves},
        [str(number) for number in numbers],
        caption="Median real time of each iteration",
        first="Iteration →",
    )


def warmup_figure(curves: Sequence[Curve], canvas: Canvas, *, unit: Scale, warmup: int) -> Figure:
    """A panel per contender, the others pale behind it; iterations left out are shaded."""
    columns = min(len(curves), 2 if canvas.narrow else 4)
    lines = math.ceil(len(curves) / columns)
    width = (canvas.width - _LEFT + _GAP) / columns - _GAP
    with drawing():
        figure = canvas.blank(lines * (_TITLE + _PANEL) + _FOOT)
        for index, own in enumerate(curves):
            row, column = divmod(index, columns)
            left, top = _LEFT + column * (width + _GAP), _TITLE + row * (_TITLE + _PANEL)
            axes = canvas.axes(figure, "y", left=left, top=top, width=width, height=_PANEL)
            _frame(axes, curves, unit)
            _label(axes, unit, left=column == 0, bottom=index + columns >= len(curves))
            _draw(axes, own, curves, canvas, unit, warmup)
    return figure


def _frame(axes: Axes, curves: Sequence[Curve], unit: Scale) -> None:
    """Scales that all panels share."""
    axes.set_yscale("log")
    count = max(len(curve.median) for curve in curves)
    limits = ticks.padded([v / unit.size for c in curves for v in (*c.lower, *c.upper) if v > 0])
    axes.set_xlim(-0.5, count - 0.5)
    axes.set_ylim(*limits)
    ruled(axes.yaxis, ticks.logarithmic(*limits, 5))
    ruled(axes.xaxis, [tick for tick in ticks.linear(0, count - 1, 4) if tick == int(tick)])


def _label(axes: Axes, unit: Scale, *, left: bool, bottom: bool) -> None:
    """Numbers and names, at the edges of the grid of panels alone."""
    axes.tick_params(labelleft=left, labelbottom=bottom)
    if left:
        axes.set_ylabel(unit.name, labelpad=2)
    if bottom:
        axes.set_xlabel("iteration", labelpad=3)


def _draw(
    axes: Axes, own: Curve, curves: Sequence[Curve], canvas: Canvas, unit: Scale, warmup: int
) -> None:
    style, color = canvas.styles[own.contender], canvas.color(own.contender)
    axes.axvspan(-0.5, warmup - 0.5, color=canvas.theme.band, linewidth=0, zorder=0)
    for other in curves:
        if other is not own:
            axes.plot(np.array(other.median) / unit.size, color=canvas.theme.faint, lw=1, zorder=1)
    numbers = range(len(own.median))
    quartiles = np.array([own.lower, own.upper]) / unit.size
    axes.fill_between(numbers, *quartiles, color=color, alpha=0.25, linewidth=0, zorder=2)
    axes.plot(
        np.array(own.median) / unit.size,
        color=color,
        dashes=style.dash or (None, None),
        linewidth=1.6,
        marker=style.marker,
        markersize=3.2,
        zorder=3,
    )
    # Two panels side by side on a phone have no room for a long label at full size.
    size = label_size(axes.bbox.width)
    label = canvas.label(own.contender, axes.bbox.width, size)
    axes.set_title(label, fontsize=size, color=canvas.theme.ink, loc="left", pad=5)


CHART = Chart(place=4, picture=picture)
