"""Who stands where within a tier."""

from dataclasses import replace
from pathlib import Path

from reports import Analysis
from reports.analysis.standing import Against, standings, tier_heading, tiers
from tests.reports.page.runs import INVALID, SURVEY, analysed
from tests.synthetic_run import SyntheticRun


def test_the_client_tier_comes_first_and_the_best_of_each_leads(survey: Analysis) -> None:
    client, raw = standings(survey.folder.run, survey.summary, "survey")
    assert (client.tier, raw.tier) == ("client", "raw")
    assert [place.contender for place in raw.places] == [
        "csharp/socket",
        "node/net",
        "python/streams",
    ]
    assert raw.places[0].against is Against.BEST and raw.proven


def test_contenders_as_fast_as_each_other_are_not_ranked_as_slower(tmp_path: Path) -> None:
    pair = ("node/http", "node/promise-chain")
    run = replace(SURVEY, contenders=pair, workloads=("sequential",), blocks=40)
    analysis = analysed(tmp_path / "run", run)
    (only,) = standings(analysis.folder.run, analysis.summary, "sequential")
    assert only.places[1].against is Against.EQUIVALENT
    assert not only.proven


def test_an_invalid_contender_stands_apart_with_its_rules(tmp_path: Path) -> None:
    analysis = analysed(tmp_path / "run", INVALID)
    (raw,) = standings(analysis.folder.run, analysis.summary, "survey")
    assert raw.without == ("csharp/socket",)
    assert [row["rule"] for row in raw.broken] == ["W3"]
    (other,) = standings(analysis.folder.run, analysis.summary, "sequential")
    assert other.without == () and other.broken == ()


def test_without_verdicts_nobody_is_compared(tmp_path: Path) -> None:
    run = SyntheticRun(workloads=("survey",), blocks=6, iterations=3, live=True)
    analysis = analysed(tmp_path / "run", run)
    for standing in standings(analysis.folder.run, analysis.summary, "survey"):
        assert {place.against for place in standing.places[1:]} == {Against.NOT_COMPARED}
        assert not standing.proven


def test_who_was_never_answered_has_no_place(survey: Analysis) -> None:
    _, raw = standings(survey.folder.run, survey.summary, "survey", {"csharp/socket"})
    assert [place.contender for place in raw.places] == ["node/net", "python/streams"]
    assert raw.places[0].against is Against.BEST
    assert raw.without == ("csharp/socket",)


def test_tiers_have_headings_that_a_person_understands(survey: Analysis) -> None:
    assert tiers(survey.folder.run) == ("client", "raw")
    assert tier_heading("client") == "HTTP libraries (client tier)"
    assert tier_heading("other") == "other tier"
    assert tier_heading(None) == "All contenders"
