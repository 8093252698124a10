"""Families and their workloads: complete, measured in every profile, no longer than they say."""

import sys
from pathlib import Path
from typing import cast

import pytest

from benchmarks.families import (
    FAMILIES,
    WORKLOADS,
    Family,
    Workload,
    declarations,
    family_of,
    names,
)
from benchmarks.families._checksum import Checksum
from benchmarks.ping.origin.handle import Origin
from benchmarks.run.profiles import PROFILES
from results.format import WorkloadPlan
from runners.environment import program_environment
from runners.spawning import Start

ALONE = [family for family in FAMILIES.values() if not family.proof.network]


@pytest.mark.parametrize("workload", WORKLOADS, ids=[workload.name for workload in WORKLOADS])
def test_every_workload_says_how_long_its_processes_are_young(workload: Workload) -> None:
    assert {*workload.profiles} <= {*PROFILES} and {*workload.steady} <= {*PROFILES}
    assert 0 <= workload.youth["warmup"] < workload.youth["iterations"] == workload.young + 1


def test_a_publication_of_what_has_a_steady_pace_measures_it() -> None:
    sleeping = {"timers", "blocking"}
    for workload in WORKLOADS:
        assert ("publication" in workload.steady) is (family_of(workload).name not in sleeping)
        assert "quick" not in workload.steady


def test_one_job_is_as_long_as_each_of_many() -> None:
    # The page's speed-up is the time of many over that of one, and shown for equal jobs only.
    jobs = [workload.params["rounds"] for workload in FAMILIES["parallel-cpu"].workloads]
    assert len(jobs) == 2
    assert len(set(jobs)) == 1


# A schedule is drawn over workloads in this order: another one would change every seed's.
IN_ORDER = [
    *("survey", "sequential", "parallel", "keep-alive"),
    *("timers-1", "timers-1k", "timers-10k", "timers-100k", "timers-1m"),
    *("await-completed", "await-suspended", "spawn-join-10k", "spawn-join-100k"),
    *("state-machine", "dummy-loop", "value-task-completed", "value-task-suspended"),
    *("styles", "cancel", "blocking", "parallel-cpu-one", "parallel-cpu"),
    *("ping", "timers", "spawn-join", "value-task", "await"),
]


def test_families_and_workloads_keep_their_order() -> None:
    assert [name for name in names() if name in IN_ORDER] == IN_ORDER


def test_no_two_workloads_share_a_name() -> None:
    assert len({workload.name for workload in WORKLOADS}) == len(WORKLOADS)


@pytest.mark.parametrize("family", ALONE, ids=[family.name for family in ALONE])
def test_a_family_s_example_has_the_parameters_of_its_workloads(family: Family) -> None:
    kinds = {name: type(value) for name, value in family.example.items()}
    for workload in family.workloads:
        own: dict[str, type] = {name: type(value) for name, value in workload.params.items()}
        assert own | {"seed": int} == kinds


@pytest.mark.parametrize("family", FAMILIES.values(), ids=[*FAMILIES])
def test_a_figure_is_derived_from_what_a_workload_or_its_records_have(family: Family) -> None:
    (declared,) = declarations([family.name])
    keys = [figure["key"] for figure in declared["figures"]]
    assert len({*keys}) == len(keys)
    known = {*declared["fields"], *family.smallest.params, None}
    assert {figure["of"] for figure in declared["figures"]} <= known
    assert {*declared["size"]} <= family.smallest.params.keys()


@pytest.mark.usefixtures("subreaper")
def test_an_invocation_ends_at_the_limit_of_its_workload(tmp_path: Path) -> None:
    ready = '{"ready": 1, "runtime": "x"}'
    program = f"import time; print({ready!r}, flush=True); time.sleep(60)"
    start = Start(
        argv=(sys.executable, "-S", "-c", program),
        folder=tmp_path,
        environment=program_environment({}),
    )
    planned = {"family": "timers", "params": FAMILIES["timers"].example, "job_limit_s": 0.2}
    measured = Checksum().measure(cast(WorkloadPlan, planned), 3, start, cast(Origin, NoOrigin()))
    assert measured.observation.stopped
    assert [finding.rule for finding in measured.findings] == ["P3"]
    assert "0 of 3 iterations after 0.2 s" in measured.findings[0].seen


class NoOrigin:
    """What a family without a network asks of the origin: to end a program that we leave behind."""

    def guard(self, process: int) -> None:
        ...
