"""What charts show, in words."""

from dataclasses import replace
from pathlib import Path

from reports import Analysis
from reports.analysis.amounts import Amount
from reports.analysis.costs import Cost
from reports.words.findings import _few as few
from reports.words.findings import cost_finding, overview_finding, standing_finding
from tests.reports.page.runs import SURVEY, analysed


def test_who_leads_is_told_with_ratio_interval_and_word(survey: Analysis) -> None:
    told = standing_finding(survey, survey.run["workloads"][0])
    best, *others = survey.places("survey")[:4]
    assert told.startswith(
        f"HTTP libraries (client tier): {survey.labels[best.contender]} is fastest"
    )
    for place in others:
        assert f"{survey.labels[place.contender]} {place.ratio.value:.3g}"[:-1] in told
    assert told.count("slower") >= len(others)


def test_all_workloads_are_told_in_one_sentence(survey: Analysis) -> None:
    told = overview_finding(survey, ["survey"])
    assert told.count("survey, ") == 2 and "fastest" in told and told.endswith(".")


def test_where_nothing_is_compared_no_word_says_who_is_faster(tmp_path: Path) -> None:
    live = analysed(tmp_path / "run", replace(SURVEY, live=True))
    told = standing_finding(live, live.run["workloads"][0])
    assert "has the lowest time" in told and "×" not in told
    assert overview_finding(live, ["survey"]) == ""


def test_of_the_cheapest_and_the_fastest_both_prices_are_told(survey: Analysis) -> None:
    fast, cheap = (
        Cost(contender=who, time=Amount(time), cost=Amount(cost), beaten=False)
        for who, time, cost in (("node/http", 1e6, 4e6), ("python/httpx", 3e6, 2e6))
    )
    told = cost_finding(survey, {"Memory": (fast, cheap)})
    assert told == (
        "Memory: Python httpx needs least and takes 3.00× as long as Node http, which has the lowest "
        "time and needs 2.00× as much."
    )


def test_of_many_the_first_are_told_and_the_others_counted() -> None:
    assert few(["a", "b"]) == ["a", "b"]
    assert few([str(n) for n in range(20)]) == [*(str(n) for n in range(7)), "and 13 more"]
