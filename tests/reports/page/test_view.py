"""What the page's script may pick from: the summary's figures, worded as everywhere else."""

import copy
import json
import re
from dataclasses import replace
from typing import Any

import pytest

from reports import Analysis
from reports.page.script import script
from reports.page.view import controls, view_data
from reports.words import units
from tests.reports.page.document import Element


@pytest.fixture(scope="module")
def data(survey: Analysis) -> Any:
    return json.loads(view_data(survey))


def test_every_pair_is_there_from_both_sides_in_every_metric(survey: Analysis, data: Any) -> None:
    (workload,) = data["workloads"]
    place = {contender["id"]: index for index, contender in enumerate(data["contenders"])}
    rows = [row for row in survey.summary["comparisons"] if row["ratio"] is not None]
    assert len(rows) > 100
    for row in rows:
        assert row["ratio"] and row["low"] and row["high"]
        a, b, metric = place[row["a"]], place[row["b"]], row["metric"]
        forth = units.ratio(row["ratio"], row["low"], row["high"])
        back = units.ratio(1 / row["ratio"], 1 / row["high"], 1 / row["low"])
        place_of = 2 + data["metrics"].index(metric)
        for pair, text in ((f"{a} {b}", forth), (f"{b} {a}", back)):
            assert workload["pairs"][pair][place_of].split(" ") == [text.value, text.interval]


def test_a_verdict_is_turned_with_its_pair_and_a_pair_across_tiers_has_none(
    survey: Analysis, data: Any
) -> None:
    (workload,) = data["workloads"]
    place = {contender["id"]: index for index, contender in enumerate(data["contenders"])}
    turned = {"faster": "slower", "slower": "faster"}
    seen = set()
    for row in survey.summary["comparisons"]:
        if row["metric"] != workload["metric"]:
            continue
        a, b = place[row["a"]], place[row["b"]]
        said = workload["pairs"][f"{a} {b}"][0]
        expected = {"a faster": "slower", "b faster": "faster", None: ""}
        assert said == expected.get(row["verdict"], row["verdict"])
        assert workload["pairs"][f"{b} {a}"][0] == turned.get(said, said)
        assert workload["sentences"].get(f"{a} {b}") == row["sentence"]
        seen.add(said)
    assert {"slower", ""} <= seen


def test_the_lowest_of_a_tier_is_the_standing_s_best(survey: Analysis, data: Any) -> None:
    (workload,) = data["workloads"]
    best = [standing.places[0].contender for standing in survey.standings["survey"]]
    lowest = [data["contenders"][place]["id"] for place in workload["lowest"][workload["metric"]]]
    assert lowest == best


def test_only_what_leaves_a_choice_is_offered(survey: Analysis) -> None:
    offered = {control.key: control.options for control in controls(survey)}
    assert list(offered) == ["against", "show", "of", "unit", "tier", "language"]  # one workload
    assert [value for value, _ in offered["against"]] == ["", *survey.labels]
    assert ("p50", "p50 of pings") in offered["of"]


def test_what_stands_for_the_machine_is_offered_first(survey: Analysis) -> None:
    run: Any = copy.deepcopy(survey.run)
    for plan in run["contenders"]:
        plan["floor"] = plan["id"] == "node/net"
    folder = replace(survey.folder, run=run)
    against = controls(replace(survey, folder=folder))[0].options
    assert against[1] == ("node/net", f"× floor, {survey.labels['node/net']}")
    assert {value for value, _ in against} == {"", *survey.labels}


def test_the_script_is_one_text_without_imports_and_cannot_be_ended_early() -> None:
    assert not re.search(r"^\s*(import|export)\b", script(), re.MULTILINE)
    assert "</script" not in script().lower()
    assert "<!--" not in script()


def test_the_data_in_the_page_are_the_view_s(survey: Analysis, survey_page: Element) -> None:
    (element,) = survey_page.all("script", id="view-data")
    assert json.loads(element.text) == json.loads(view_data(survey))
