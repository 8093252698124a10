"""How a contender gets faster in its first iterations: the warm-up curve."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator

from reports.analysis.analysed import Analysis
from reports.charts import Chart, Picture
from reports.drawing import ticks
from reports.drawing.canvas import SMALL, TEXT, Canvas, axes_at, blank, drawing, fitted, plain
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
    longest = max(len(each.median) for each in curves)
    columns = [
        (str(number), [c.median[number] if number < len(c.median) else None for c in curves])
        for number in range(longest)
    ]
    contenders = [each.contender for each in curves]
    caption = "Median real time of each iteration"
    return contender_table(contenders, columns, caption=caption, first="Iteration →")


def warmup_figure(curves: Sequence[Curve], canvas: Canvas, *, unit: Scale, warmup: int) -> Figure:
    """A panel a contender, the others pale behind it; iterations left out are shaded."""
    columns = min(len(curves), 2 if canvas.narrow else 4)
    lines = math.ceil(len(curves) / columns)
    width = (canvas.width - _LEFT + _GAP) / columns - _GAP
    with drawing():
        figure = blank(canvas, lines * (_TITLE + _PANEL) + _FOOT)
        for index, own in enumerate(curves):
            row, column = divmod(index, columns)
            axes = axes_at(
                figure,
                left=_LEFT + column * (width + _GAP),
                top=_TITLE + row * (_TITLE + _PANEL),
                width=width,
                height=_PANEL,
            )
            bottom = index + columns >= len(curves)
            _frame(axes, curves, canvas, unit, edges=(column == 0, bottom))
            _draw(axes, own, curves, canvas, unit, warmup)
    return figure


def _frame(
    axes: Axes,
    curves: Sequence[Curve],
    canvas: Canvas,
    unit: Scale,
    *,
    edges: tuple[bool, bool],
) -> None:
    """Shared scales; numbers only at the left and bottom `edges` of the grid of panels."""
    plain(axes, canvas.theme, grid="y")
    axes.set_yscale("log")
    count = max(len(curve.median) for curve in curves)
    axes.set_xlim(-0.5, count - 0.5)
    everything = [v / unit.size for c in curves for v in (*c.lower, *c.upper) if v > 0]
    limits = ticks.padded(everything)
    axes.set_ylim(*limits)
    axes.yaxis.set_major_locator(FixedLocator(list(ticks.logarithmic(*limits, 5))))
    axes.yaxis.set_minor_locator(NullLocator())
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: ticks.label(value)))
    positions = [tick for tick in ticks.linear(0, count - 1, 4) if tick == int(tick)]
    axes.xaxis.set_major_locator(FixedLocator(positions))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:.0f}"))
    left, bottom = edges
    axes.tick_params(labelleft=left, labelbottom=bottom)
    if left:
        axes.set_ylabel(unit.name, fontsize=SMALL, color=canvas.theme.muted, labelpad=2)
    if bottom:
        axes.set_xlabel("iteration", fontsize=SMALL, color=canvas.theme.muted, labelpad=3)


def _draw(
    axes: Axes,
    own: Curve,
    curves: Sequence[Curve],
    canvas: Canvas,
    unit: Scale,
    warmup: int,
) -> None:
    style, color = canvas.styles[own.contender], canvas.color(own.contender)
    axes.axvspan(-0.5, warmup - 0.5, color=canvas.theme.band, linewidth=0, zorder=0)
    for other in curves:
        if other is not own:
            values = [value / unit.size for value in other.median]
            axes.plot(range(len(values)), values, color=canvas.theme.faint, linewidth=1, zorder=1)
    numbers = range(len(own.median))
    axes.fill_between(
        numbers,
        [value / unit.size for value in own.lower],
        [value / unit.size for value in own.upper],
        color=color,
        alpha=0.25,
        linewidth=0,
        zorder=2,
    )
    axes.plot(
        numbers,
        [value / unit.size for value in own.median],
        color=color,
        dashes=style.dash or (None, None),
        linewidth=1.6,
        marker=style.marker,
        markersize=3.2,
        zorder=3,
    )
    label = fitted(style.label, axes.bbox.width, TEXT)
    axes.set_title(label, fontsize=TEXT, color=canvas.theme.ink, loc="left", pad=5)


CHART = Chart(place=4, picture=picture)
