"""Lengths put into a plan: studies, a short profile, a given time, lengths by hand."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.run.lengths import Pair
from benchmarks.run.living import Wish, with_lives
from benchmarks.run.planning import block_seconds, pings_of, seconds
from benchmarks.run.probe import Key, Probed, StudyBook
from results.errors import UsageError
from results.format import RunFile, StudyPlan, length_of
from results.limits import MOST_NUMBERS
from results.run_folder import RunFolder
from runners.studies import Study
from tests.studies import STUDY
from tests.synthetic_run import SyntheticRun, write_run

CONTENDERS = ("csharp/socket", "node/net", "python/streams")
LONG = replace(STUDY, contender="net", warmup=400, warmup_ns=4_000_000_000, young_ns=10_000_000)


@pytest.fixture
def draft(tmp_path: Path) -> RunFile:
    """A default run of three contenders, as planned before the probe."""
    wanted = SyntheticRun(
        blocks=8, measured=0, iterations=9, warmup=1, young=8, measures="steady",
        workloads=("sequential",), contenders=CONTENDERS, null_arm="node/net",
    )  # fmt: skip
    return RunFolder.read(write_run(tmp_path / "run", wanted)).run


def probed(studies: Mapping[str, Study | None], young_s: float = 0.01) -> dict[Key, Probed]:
    found = {}
    for contender in CONTENDERS:
        pair = Pair(study=studies.get(contender), young_s=young_s)
        study = StudyPlan(settled=None, why="", warmup=None, pace_ns=10_000_000, cut=False)
        found["sequential", contender] = Probed(pair=pair, study=study)
    return found


def test_a_short_profile_cuts_the_longest_warm_ups(draft: RunFile) -> None:
    short = replace(LONG, warmup=20, warmup_ns=0)
    plan = with_lives(draft, probed({"node/net": LONG, "python/streams": short}), Wish())
    (workload,) = plan["workloads"]
    lives = {c: length_of(workload, c)["iterations"] * 0.01 for c in CONTENDERS}
    assert sum(lives.values()) == pytest.approx(3 * 2.8, rel=0.05)
    studies = workload.get("studies", {})
    assert {c for c, study in studies.items() if study["cut"]} == {"node/net", "csharp/socket"}
    assert length_of(workload, "python/streams") == {
        "iterations": 100,
        "warmup": 50,
    }  # as long as what is measured
    assert length_of(workload, "node/net~2") == length_of(workload, "node/net")
    assert workload["iterations"] == max(
        length["iterations"] for length in workload["lengths"].values()
    )


def test_a_publication_waits_as_long_as_it_needs(draft: RunFile) -> None:
    draft["profile"] = "publication"
    plan = with_lives(draft, probed({"node/net": LONG}), Wish())
    assert plan["workloads"][0]["lengths"]["node/net"]["warmup"] == 400
    assert not any(s["cut"] for s in plan["workloads"][0].get("studies", {}).values())


def test_a_given_time_makes_warm_ups_whole_and_then_adds_blocks(draft: RunFile) -> None:
    plan = with_lives(draft, probed({"node/net": LONG}), Wish(time_s=600))
    assert not any(s["cut"] for s in plan["workloads"][0].get("studies", {}).values())
    assert plan["blocks"] > 8 and len(plan["schedule"]) == plan["blocks"]
    assert 600 - 45 - block_seconds(plan) < seconds(plan) <= 600 - 45
    tight = with_lives(draft, probed({"node/net": LONG}), Wish(time_s=90))
    assert tight["blocks"] == 8 and 0.9 * 45 < seconds(tight) <= 45
    assert any(s["cut"] for s in tight["workloads"][0].get("studies", {}).values())
    fixed = with_lives(draft, probed({"node/net": LONG}), Wish(time_s=600, blocks=True))
    assert fixed["blocks"] == 8


def test_lengths_by_hand_are_everybody_s_and_are_stored(draft: RunFile) -> None:
    plan = with_lives(draft, probed({}), Wish(warmup=300, measure=40))
    assert {*map(str, plan["workloads"][0]["lengths"].values())} == {
        str({"iterations": 340, "warmup": 300})
    }
    assert plan.get("override") == {"warmup": 300, "measure": 40}
    assert not any(study["cut"] for study in plan["workloads"][0]["studies"].values())


def test_lengths_by_hand_that_no_process_has_the_time_for_are_refused(draft: RunFile) -> None:
    with pytest.raises(UsageError, match=r"give csharp/socket about [\d,]+ s in sequential"):
        with_lives(draft, probed({}), Wish(warmup=100_000))


def test_in_a_study_the_last_half_is_measured(draft: RunFile) -> None:
    draft["profile"] = "warm-up"
    plan = with_lives(draft, probed({}), Wish(live_s=5))
    assert plan["workloads"][0]["lengths"]["node/net"] == {"iterations": 500, "warmup": 250}


def test_a_run_of_young_processes_is_left_as_it_is(draft: RunFile) -> None:
    assert with_lives(draft, {}, Wish()) == draft


def test_a_given_time_is_filled_with_blocks_of_young_processes_too(draft: RunFile) -> None:
    plan = with_lives(draft, {}, Wish(time_s=600))
    assert plan["blocks"] > 8 and 600 - 45 - block_seconds(plan) < seconds(plan) <= 600 - 45
    with pytest.raises(UsageError, match="live until they are steady, and this run has none"):
        with_lives(draft, {}, Wish(measure=40))


def test_no_process_has_more_pings_than_can_be_read_again(draft: RunFile) -> None:
    draft["profile"] = "warm-up"
    (workload,) = draft["workloads"]
    workload["job_limit_s"] = 1e9
    most = MOST_NUMBERS // pings_of(workload)
    studied = with_lives(draft, probed({}, young_s=1e-5), Wish(live_s=10_000))
    assert studied["workloads"][0]["lengths"]["node/net"] == {
        "iterations": most,
        "warmup": most - most // 2,
    }
    draft["profile"] = "default"
    with pytest.raises(UsageError, match="are the most whose pings are kept: give fewer"):
        with_lives(draft, probed({}), Wish(measure=most))


@pytest.mark.parametrize(
    ("said", "sources", "why"),
    [
        (
            "Node.js 20.1.0",
            LONG.sources,
            "studied on 2026-11-29, Node.js 20; there what came later took 1.00 times as long",
        ),
        (
            None,
            LONG.sources,
            "studied on 2026-11-29, Node.js 20; there what came later took 1.00 times as long",
        ),
        ("Node.js 22.1.0", LONG.sources, "no study of Node.js 22"),
        ("Node.js 20.1.0", "1" * 16, "its sources changed since it was studied"),
    ],
)
def test_a_study_is_of_one_runtime_and_its_sources(
    said: str | None, sources: str, why: str
) -> None:
    book = StudyBook(studies=[LONG], sources={"net": sources})
    study, told = book.find("sequential", "net", said)
    assert told == why and (study is LONG) is told.startswith("studied")
    assert book.find("parallel", "net", said) == (None, "no study")
