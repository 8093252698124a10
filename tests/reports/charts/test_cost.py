"""Speed against its costs."""

import pytest

from reports import Analysis
from reports.analysis.costs import costs_of
from tests.reports.charts.drawn import drawn, picture_of


@pytest.mark.parametrize("metric", ["cpu", "memory"])
def test_full_is_whom_nobody_beats_in_both(survey: Analysis, metric: str) -> None:
    costs = costs_of(survey, survey.run["workloads"][0], metric)
    assert len(costs) == 7
    for one in costs:
        beaten = any(
            other.time.value < one.time.value and other.cost.value < one.cost.value
            for other in costs
        )
        assert one.beaten is beaten
        assert one.cost == survey.estimate("survey", one.contender, metric)


@pytest.mark.parametrize("width", [820, 320])
def test_everybody_is_in_both_panels(survey: Analysis, width: int) -> None:
    for axes, metric in zip(drawn(survey, "cost", width).axes, ("cpu", "memory"), strict=True):
        costs = costs_of(survey, survey.run["workloads"][0], metric)
        hollow = [x for x in axes.lines if x.get_markerfacecolor() == "#ffffff"]
        assert len(hollow) == sum(cost.beaten for cost in costs)
        points = [list(line.get_xdata()) for line in axes.lines]
        assert all([cost.time.value / 1e6] in points for cost in costs)


def test_the_finding_names_the_cheapest(survey: Analysis) -> None:
    told = picture_of(survey, "cost").finding
    costs = costs_of(survey, survey.run["workloads"][0], "memory")
    cheapest = min(costs, key=lambda cost: cost.cost.value)
    assert f"Peak memory: {survey.labels[cheapest.contender]}" in told
