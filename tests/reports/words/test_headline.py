"""The run in one sentence: what is proven, else what is nearest, else a time."""

from dataclasses import replace
from pathlib import Path

from reports import Analysis
from reports.analysis.standing import Standing
from reports.words.headline import headline
from tests.reports.page.runs import SURVEY, analysed
from tests.synthetic_run import Break, SyntheticRun

STEADY = SyntheticRun(
    blocks=8,
    iterations=16,
    young=3,
    workloads=("survey", "sequential"),
    contenders=("csharp/socket", "node/net"),
    measures="steady",
    flat=True,
)


def test_one_proven_lead_is_told_with_its_sentence(survey: Analysis) -> None:
    told = headline(survey)
    sentences = [row["sentence"] for row in survey.summary["comparisons"] if row["sentence"]]
    assert told.startswith("In survey, C# ")
    assert told.removeprefix("In survey, ").partition("; ")[0] in sentences
    assert "95 % interval" in told and "blocks" in told


def test_several_are_told_with_where_and_how_far(tmp_path: Path) -> None:
    told = headline(analysed(tmp_path / "run", STEADY))
    assert told.startswith("C# Socket is proven fastest in survey and sequential, 1.")
    assert "95 % intervals within 1." in told and told.endswith("steady, 8 blocks)")


def test_where_nobody_is_proven_fastest_is_counted(tmp_path: Path) -> None:
    contenders = ("csharp/socket", "node/net", "node/http", "node/promise-chain")
    told = headline(analysed(tmp_path / "run", replace(SURVEY, contenders=contenders)))
    assert told.endswith("; 1 of 2 rankings stay open")


def test_of_what_is_undecided_the_nearest_is_told(tmp_path: Path) -> None:
    twins = replace(SURVEY, contenders=("node/http", "node/promise-chain"))
    told = headline(analysed(tmp_path / "run", twins))
    assert told.startswith("No contender is proven fastest; in survey, Node http and ")


def test_where_leaders_are_undecided_the_widest_proven_gap_is_told(tmp_path: Path) -> None:
    contenders = ("node/http", "node/promise-chain", "python/httpx")
    told = headline(analysed(tmp_path / "run", replace(SURVEY, contenders=contenders)))
    assert told.startswith("No contender is proven fastest; in survey, Node http")
    assert " as fast as Python httpx (" in told


def test_alone_or_live_a_contender_has_a_time(tmp_path: Path) -> None:
    alone, live = replace(SURVEY, contenders=("node/http",)), replace(SURVEY, live=True)
    for name, run in (("alone", alone), ("live", live)):
        told = headline(analysed(tmp_path / name, run))
        assert " ms for an iteration of survey (95 % interval " in told


def test_nothing_measured_is_said(tmp_path: Path) -> None:
    names = ("node/http", "node/net")
    breaks = tuple(Break(contender=name, repeat_too=True, rule="W1") for name in names)
    run = replace(SURVEY, blocks=6, contenders=names, breaks=breaks)
    assert headline(analysed(tmp_path / "run", run)) == "Nothing was measured"


def barely(standing: Standing) -> Standing:
    """The same, its lead within the margin."""
    best, *others = standing.places
    return replace(standing, places=(best, *(replace(p, within_margin=True) for p in others)))


def test_a_lead_within_the_margin_gives_way_to_one_beyond_it(tmp_path: Path) -> None:
    contenders = ("csharp/socket", "node/net", "csharp/httpclient", "node/http")
    both = analysed(
        tmp_path / "run", replace(STEADY, contenders=contenders, workloads=("sequential",))
    )
    own, told = both.standings["sequential"], headline(both).partition(" is ")[0]
    first = next(s for s in own if both.labels[s.places[0].contender] in told)
    other = next(standing for standing in own if standing is not first)
    rankings = tuple(barely(standing) if standing is first else standing for standing in own)
    told = headline(replace(both, standings={"sequential": rankings}))
    assert told.startswith(f"In sequential, {both.labels[other.places[0].contender]} is ")


def test_where_all_leads_are_within_the_margin_the_widest_proven_gap_is_told(
    survey: Analysis,
) -> None:
    rankings = tuple(map(barely, survey.standings["survey"]))
    told = headline(replace(survey, standings={"survey": rankings}))
    assert told.startswith("No contender is proven fastest by more than 3 %; in survey, ")
