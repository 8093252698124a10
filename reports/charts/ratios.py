"""How many times the best contender's time the others of its tier take, with intervals."""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.figure import Figure

from reports.analysis.analysed import Analysis
from reports.analysis.standing import Place
from reports.charts import Chart, Picture, by_tier
from reports.drawing import ticks
from reports.drawing.canvas import Canvas, drawing
from reports.drawing.ladder import Group, interval_mark, ladder, set_scale
from reports.words import units
from results.format import WorkloadPlan

_ROW = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratio:
    """A contender's time as a multiple of the best one's; the best has 1 and no interval."""

    contender: str
    ratio: float
    low: float | None
    high: float | None
    text: str


def picture(analysis: Analysis, workload: WorkloadPlan) -> Picture | None:
    groups = ratios_of(analysis, workload)
    if not groups:
        return None
    delta = analysis.run["delta"]
    return Picture(
        name="ratios",
        heading="Ratios with their intervals",
        caption="Each contender’s time as a multiple of the lowest in its tier; the line is the "
        f"95 % interval, the band ±{100 * delta:g} %, within which times count as equivalent.",
        draw=lambda canvas: ratio_figure(groups, canvas, delta),
        data=None,
    )


def ratios_of(analysis: Analysis, workload: WorkloadPlan) -> tuple[Group[Ratio], ...]:
    """The tiers in which something can be compared."""
    comparable = {
        place.contender
        for standing in analysis.standings[workload["name"]]
        if any(place.comparison is not None for place in standing.places)
        for place in standing.places
    }
    return tuple(
        by_tier(analysis, workload, lambda p: _ratio(p) if p.contender in comparable else None)
    )


def _ratio(place: Place) -> Ratio:
    return Ratio(
        contender=place.contender,
        ratio=place.ratio,
        low=place.low,
        high=place.high,
        text=str(units.ratio(place.ratio, place.low, place.high)),
    )


def ratio_figure(groups: Sequence[Group[Ratio]], canvas: Canvas, delta: float) -> Figure:
    """A forest plot: a marker for each ratio, a line for its interval, a band for ±delta."""
    short = "multiple of the best time in the tier"
    axis = short if canvas.narrow else f"{short} (logarithmic; right is slower)"
    with drawing():
        built = ladder(canvas, groups, row=_ROW, axis=axis)
        set_scale(built.axes, _limits(groups, delta), canvas, unit="×")
        band = canvas.theme.band
        built.axes.axvspan(1 / (1 + delta), 1 + delta, color=band, linewidth=0, zorder=0)
        built.axes.axvline(1, color=canvas.theme.muted, linewidth=1, zorder=1)
        for level, ratio in built.marks:
            interval_mark(
                built.axes,
                canvas,
                ratio.contender,
                level=level,
                value=ratio.ratio,
                low=ratio.low,
                high=ratio.high,
            )
    return built.figure


def _limits(groups: Sequence[Group[Ratio]], delta: float) -> tuple[float, float]:
    values = [1 / (1 + delta), 1 + delta]
    for group in groups:
        for row in group.rows:
            values += [v for v in (row.ratio, row.low, row.high) if v is not None]
    return ticks.padded(values)


CHART = Chart(place=1, picture=picture)
