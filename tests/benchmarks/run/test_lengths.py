"""How long processes live: studies, pace and budget."""

from dataclasses import replace

import pytest

from benchmarks.run.lengths import Life, Pair, lives, window
from tests.studies import STUDY

LIMITS_S = {"sequential": 120.0}


def planned(budget_s: float | None = None, **pairs: Pair) -> dict[str, Life]:
    keyed = {("sequential", name): pair for name, pair in pairs.items()}
    found = lives(keyed, budget_s=budget_s, limits_s=LIMITS_S)
    return {name: life for (_, name), life in found.items()}


@pytest.mark.parametrize(("seconds", "count"), [(0.001, 500), (0.01, 50), (0.019, 30), (0.1, 12)])
def test_a_window_is_long_enough_for_pauses(seconds: float, count: int) -> None:
    assert window(seconds) == count


def test_on_the_machine_of_the_study_it_is_as_long_as_the_study_says() -> None:
    life = planned(node=Pair(study=STUDY, young_s=0.02))["node"]
    assert life.length == {"iterations": 150, "warmup": 100} and not life.cut
    assert life.seconds == pytest.approx(1.5)


def test_a_faster_machine_waits_as_long_by_the_clock() -> None:
    life = planned(node=Pair(study=STUDY, young_s=0.005))["node"]
    assert life.length["warmup"] == 400


def test_a_slower_machine_does_as_many_iterations() -> None:
    assert planned(node=Pair(study=STUDY, young_s=0.1))["node"].length["warmup"] == 100


def test_one_that_is_slower_here_than_its_study_says_lives_longer_for_as_many_iterations() -> None:
    life = planned(node=Pair(study=STUDY, young_s=0.02, later_s=0.015))["node"]
    assert life.length == {"iterations": 150, "warmup": 100}
    assert life.seconds == pytest.approx(2.25)


def test_an_unstudied_pair_waits_as_long_as_the_slowest_that_was_studied() -> None:
    found = planned(node=Pair(study=STUDY, young_s=0.02), other=Pair(study=None, young_s=0.01))
    assert found["other"].length["warmup"] == 100
    assert planned(other=Pair(study=None, young_s=0.01))["other"].length["warmup"] == 300


def test_a_budget_cuts_the_longest_warm_ups_to_one_length() -> None:
    long = replace(STUDY, warmup=400, warmup_ns=4_000_000_000)
    found = planned(
        budget_s=5.0,
        short=Pair(study=STUDY, young_s=0.02),
        long=Pair(study=long, young_s=0.02),
        longer=Pair(study=replace(long, warmup=900), young_s=0.02),
    )
    assert [life.cut for life in found.values()] == [False, True, True]
    assert found["long"].length["warmup"] == found["longer"].length["warmup"]
    assert sum(life.seconds for life in found.values()) == pytest.approx(5.0, rel=0.02)


def test_without_room_for_warm_ups_the_window_stays() -> None:
    life = planned(budget_s=0.1, node=Pair(study=STUDY, young_s=0.02))["node"]
    assert life.cut and life.length == {"iterations": 51, "warmup": 1}


def test_a_warm_up_that_is_cut_takes_less_beside_its_iterations() -> None:
    slow_start = replace(STUDY, warmup=100, warmup_ns=2_000_000_000)
    pair = Pair(study=slow_start, young_s=0.02, around_s=0.25)
    told = [pair.apart_in(warmup) for warmup in (0, 30, 100, 400)]
    assert told == pytest.approx([0.25, 0.55, 1.25, 1.25])
    assert Pair(study=None, young_s=0.02, around_s=0.25).apart_in(30) == 0.25


def test_the_job_limit_cuts_too() -> None:
    endless = replace(STUDY, ending="still warming", warmup=100_000)
    life = planned(node=Pair(study=endless, young_s=0.02))["node"]
    assert life.cut and life.seconds <= 0.7 * LIMITS_S["sequential"]
