"""Speed against what it costs: CPU time and memory of the whole process."""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from reports.analysis.amounts import Amount
from reports.analysis.analysed import Analysis
from reports.analysis.costs import Cost, costs_of
from reports.analysis.work import family_of
from reports.charts import Chart, Picture
from reports.drawing import ticks
from reports.drawing.canvas import Canvas, drawing, ruled
from reports.drawing.key import draw_key, key_height
from reports.words.findings import cost_finding
from reports.words.tables import middle_scale
from reports.words.units import Scale
from results.format import WorkloadPlan

_HEIGHT, _FOOT, _LEFT, _GAP, _TITLE = 240, 56, 62, 30, 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One panel: a cost of everybody, its unit, and what it is."""

    heading: str
    costs: tuple[Cost, ...]
    scale: Scale


def picture(analysis: Analysis, workload: WorkloadPlan) -> Picture | None:
    item = family_of(analysis.run, workload)["item"]
    kinds = (("cpu", "ns", f"CPU per {item}, whole process"), ("memory", "bytes", "Peak memory"))
    sides = [
        Side(heading=heading, costs=costs, scale=middle_scale([c.cost for c in costs], unit))
        for metric, unit, heading in kinds
        if len(costs := costs_of(analysis, workload, metric)) > 1
    ]
    if not sides:
        return None
    times = [place.time for place in analysis.places(workload["name"])]
    unit = middle_scale(times, "ns")
    return Picture(
        name="cost",
        heading="What speed costs",
        caption="Lower left is better. Full: nobody is both faster and cheaper, and the line joins "
        "those; hollow: somebody is, by the estimates. CPU time is that of the whole process, from "
        f"the job to the last {item}, compilation included, over its {item} count.",
        finding=cost_finding(analysis, {side.heading: side.costs for side in sides}),
        draw=lambda canvas: cost_figure(sides, canvas, unit),
        data=None,
    )


def cost_figure(sides: Sequence[Side], canvas: Canvas, unit: Scale) -> Figure:
    """A panel for each cost, beside each other where there is room."""
    across = 1 if canvas.narrow else len(sides)
    width = (canvas.width - _GAP * (across - 1)) / across
    met = list(dict.fromkeys(cost.contender for side in sides for cost in side.costs))
    head = key_height(len(met), canvas.width) + 10
    panel = _TITLE + _HEIGHT + _FOOT
    with drawing():
        figure = canvas.blank(head + panel * (1 if across > 1 else len(sides)))
        for place, side in enumerate(sides):
            left = place * (width + _GAP) if across > 1 else 0.0
            top = head + (0 if across > 1 else place * panel) + _TITLE
            axes = canvas.axes(
                figure,
                "both",
                left=left + _LEFT,
                top=top,
                width=width - _LEFT - 10,
                height=_HEIGHT,
            )
            _frame(axes, side, canvas, unit)
            _front(axes, side, canvas, unit)
            for cost in side.costs:
                _put(axes, cost, side.scale, canvas, unit)
            name = f"{side.heading}, {side.scale.name} (log)"
            canvas.write(axes, name, at=(0, 1), offset=(-_LEFT, 14), quiet=True, ha="left")
            if place == 0:
                draw_key(
                    axes,
                    canvas,
                    met,
                    left=-_LEFT,
                    above=_TITLE + 8,
                    width=canvas.width,
                    lined=False,
                )
    return figure


def _frame(axes: Axes, side: Side, canvas: Canvas, unit: Scale) -> None:
    axes.set_xscale("log")
    axes.set_yscale("log")
    times = [n / unit.size for cost in side.costs for n in cost.time.numbers]
    costs = [n / side.scale.size for cost in side.costs for n in cost.cost.numbers]
    (left, right), (low, high) = ticks.padded(times, 0.1), ticks.padded(costs, 0.12)
    axes.set_xlim(left, right)
    axes.set_ylim(low, high)
    ruled(axes.xaxis, ticks.logarithmic(left, right, 5))
    ruled(axes.yaxis, ticks.logarithmic(low, high, 5))
    axes.set_xlabel(f"time of an iteration, {unit.name} (log)", labelpad=6)


def _front(axes: Axes, side: Side, canvas: Canvas, unit: Scale) -> None:
    """Steps from one to the next of those whom nobody beats in both."""
    best = [cost for cost in side.costs if not cost.beaten]
    axes.plot(
        [cost.time.value / unit.size for cost in best],
        [cost.cost.value / side.scale.size for cost in best],
        drawstyle="steps-post",
        color=canvas.theme.pale,
        linewidth=1.4,
        zorder=1,
    )


def _put(axes: Axes, cost: Cost, scale: Scale, canvas: Canvas, unit: Scale) -> None:
    color = canvas.color(cost.contender)
    time, price = cost.time.over(unit.size), cost.cost.over(scale.size)
    _bar(axes, time, price.value, color, across=True)
    _bar(axes, price, time.value, color, across=False)
    axes.plot(
        [time.value],
        [price.value],
        marker=canvas.styles[cost.contender].marker,
        markersize=9,
        markerfacecolor=canvas.theme.surface if cost.beaten else color,
        markeredgecolor=color,
        markeredgewidth=1.6,
        linestyle="none",
        zorder=4,
    )


def _bar(axes: Axes, amount: Amount, at: float, color: str, *, across: bool) -> None:
    if amount.low is not None and amount.high is not None:
        ends, level = [amount.low, amount.high], [at, at]
        x, y = (ends, level) if across else (level, ends)
        axes.plot(x, y, color=color, linewidth=1.6, zorder=3)


CHART = Chart(place=5, picture=picture)
