"""The pace probe: which pairs have one process and which two, and what their times come to."""

import math
from collections.abc import Callable
from dataclasses import replace
from types import SimpleNamespace
from typing import cast

import pytest

from benchmarks.families import Measurement
from benchmarks.run import probe as probing
from benchmarks.run.probe import Key, PerformSome, Probed, StudyBook, probe
from results.format import RunFile
from runners.studies import Study
from tests.studies import STUDY

RUN = cast(
    RunFile,
    {
        "workloads": [
            {
                "name": "sequential",
                "family": "f",
                "measures": "steady",
                "iterations": 9,
                "warmup": 1,
            },
            {"name": "survey", "family": "f", "measures": "young", "iterations": 9, "warmup": 1},
        ],
        "contenders": [
            {"id": "node/http", "runner": "node", "name": "http", "families": ["f"]},
            {"id": "node/other", "runner": "node", "name": "other", "families": ["g"]},
        ],
    },
)


def warming(iteration: int) -> int:
    """20 ms while young, 4 ms from iteration 40 on."""
    return 20_000_000 if iteration < 40 else 4_000_000


class Programs:
    """Takes down how many iterations were asked for, and gives times by `pace`."""

    def __init__(self, pace: Callable[[int], int] = warming, broken: bool = False) -> None:
        self.pace, self.broken = pace, broken
        self.asked: list[tuple[str, str, int]] = []

    def perform(self, workload: str, contender: str, iterations: int) -> Measurement:
        self.asked.append((workload, contender, iterations))
        records = [SimpleNamespace(start_ns=0, end_ns=self.pace(i)) for i in range(iterations)]
        seen = SimpleNamespace(runtime="Node.js 20.1.0", records=records)
        findings = ["W1"] if self.broken else []
        return cast(Measurement, SimpleNamespace(observation=seen, findings=findings))


def probed(programs: Programs, study: Study | None = None, limit_s: float = 30.0) -> Probed:
    book = StudyBook(studies=[study] if study else [], sources={"http": STUDY.sources})
    perform: PerformSome = programs.perform
    found = probe(RUN, {"node": book}, perform, {"sequential": 0.03}, limit_s=limit_s)
    key: Key = ("sequential", "node/http")
    assert [*found] == [key]
    return found[key]


def test_a_pair_that_was_studied_has_one_young_process() -> None:
    programs = Programs()
    found = probed(programs, replace(STUDY, steady_ns=15_000_000))
    assert programs.asked == [("sequential", "node/http", 9)]
    assert found.pair.young_s == 0.02 and found.pair.steady_s == 0.015  # as its study's ratio
    assert found.study["settled"] and found.study["pace_ns"] == 15_000_000


def test_a_pair_that_becomes_much_faster_is_forecast_from_an_older_process() -> None:
    much_faster = replace(STUDY, steady_ns=STUDY.young_ns // 10)
    programs = Programs()
    found = probed(programs, much_faster)
    assert [iterations for *_, iterations in programs.asked] == [9, 75]
    # Its warm-up must last wherever it is as fast as where it was studied; the forecast sees it here.
    assert found.pair.steady_s == pytest.approx(0.002) and found.pair.expected_s == 0.004
    assert found.study["pace_ns"] == 4_000_000


def test_a_pair_that_nobody_studied_is_timed_when_it_is_older() -> None:
    programs = Programs()
    found = probed(programs)
    assert [iterations for *_, iterations in programs.asked] == [9, 75]
    assert (found.pair.young_s, found.pair.steady_s) == (0.02, 0.004)
    assert found.study["settled"] is None and found.study["why"] == "no study"


def test_a_study_times_everybody_when_older() -> None:
    programs = Programs()
    assert probed(programs, STUDY, math.inf).pair.expected_s == 0.004
    assert len(programs.asked) == 2


def test_everybody_is_young_before_anybody_is_older_and_the_studied_come_last() -> None:
    run = cast(RunFile, {**RUN, "contenders": [_contender(name) for name in ("http", "a", "b")]})
    even = replace(STUDY, steady_ns=STUDY.young_ns)
    book = StudyBook(studies=[even], sources={"http": STUDY.sources})
    programs = Programs()
    found = probe(run, {"node": book}, programs.perform, {"sequential": 0.03})
    assert [(contender, n) for _, contender, n in programs.asked] == [
        *(("node/a", 9), ("node/b", 9), ("node/http", 9)),
        *(("node/a", 75), ("node/b", 75)),
    ]
    assert [contender for _, contender in found] == ["node/http", "node/a", "node/b"]


def _contender(name: str) -> dict[str, object]:
    return {"id": f"node/{name}", "runner": "node", "name": name, "families": ["f"]}


def test_where_the_time_is_over_a_study_tells_more_than_the_pilot(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    programs = Programs(lambda _: 2 * STUDY.young_ns)  # a machine half as fast as the study's
    assert probed(programs, STUDY, limit_s=-1).pair.young_s == STUDY.young_ns / 1e9
    second = RUN["workloads"][0].copy()
    second["name"] = "parallel"
    run = cast(RunFile, {**RUN, "workloads": [RUN["workloads"][0], second]})
    book = StudyBook(
        studies=[STUDY, replace(STUDY, workload="parallel")], sources={"http": STUDY.sources}
    )
    clock = iter([0.0, *[0.0] * 2, *[40.0] * 9])  # over once the first was timed
    monkeypatch.setattr(probing, "time", SimpleNamespace(monotonic=lambda: next(clock)))
    found = probe(run, {"node": book}, programs.perform, {"sequential": 9.0, "parallel": 9.0})
    assert len(programs.asked) == 1
    assert found["parallel", "node/http"].pair.young_s == 2 * STUDY.young_ns / 1e9


def test_without_time_or_with_a_broken_rule_the_pilot_tells() -> None:
    programs = Programs()
    assert probed(programs, limit_s=-1).pair.steady_s == 0.03
    assert programs.asked == []
    assert probed(Programs(broken=True)).pair.steady_s == 0.03
