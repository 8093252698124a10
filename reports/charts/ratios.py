"""How many times the best contender's time the others of its tier take, with intervals."""

from dataclasses import replace

from reports.analysis.analysed import Analysis
from reports.analysis.standing import Place
from reports.charts import Chart, Picture, by_tier
from reports.charts.dots import Axis, Dot, dot_figure
from reports.drawing.ladder import Group
from reports.words import units
from results.format import WorkloadPlan

_AXIS = "multiple of the best time in the tier"


def picture(analysis: Analysis, workload: WorkloadPlan) -> Picture | None:
    groups = ratios_of(analysis, workload)
    if not groups:
        return None
    delta = analysis.run["delta"]
    narrow = Axis(name=_AXIS, unit="×", marks=(1.0,), band=delta)
    wide = replace(narrow, name=f"{_AXIS} (logarithmic; right is slower)")
    return Picture(
        name="ratios",
        heading="Ratios with their intervals",
        caption="Each contender’s time as a multiple of the lowest in its tier; the line is the "
        f"95 % interval, the band ±{100 * delta:g} %, within which times count as equivalent.",
        draw=lambda canvas: dot_figure(groups, canvas, narrow if canvas.narrow else wide),
        data=None,
    )


def ratios_of(analysis: Analysis, workload: WorkloadPlan) -> tuple[Group[Dot], ...]:
    """The tiers in which something can be compared; the best has 1 and no interval."""
    comparable = {
        place.contender
        for standing in analysis.standings[workload["name"]]
        if any(place.comparison is not None for place in standing.places)
        for place in standing.places
    }
    return tuple(
        by_tier(analysis, workload, lambda p: _ratio(p) if p.contender in comparable else None)
    )


def _ratio(place: Place) -> Dot:
    return Dot(
        contender=place.contender,
        amount=place.ratio,
        text=str(units.ratio(*place.ratio.numbers)),
    )


CHART = Chart(place=1, picture=picture)
