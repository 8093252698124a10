"""Workloads: something is measured in every profile, and nobody waits longer than they say."""

import os
import tempfile
from pathlib import Path

import pytest

from benchmarks.run import execution as campaign
from benchmarks.run.placement import CpuPlacement
from benchmarks.run.planning import Request, make_plan
from benchmarks.run.profiles import PROFILES
from results.format import RunFile
from benchmarks.run.selection import Selection, select
from benchmarks.families import WORKLOADS, Workload
from benchmarks.families._model import WorkShape
from runners.discovery import discover
from runners.observation import Observation
from tests.fixtures import Folders


@pytest.mark.parametrize("workload", WORKLOADS, ids=[workload.name for workload in WORKLOADS])
def test_every_profile_measures_after_warming_up(workload: Workload) -> None:
    assert workload.lengths.keys() <= PROFILES.keys()
    assert all(0 <= length.warmup < length.iterations for length in workload.lengths.values())


def test_publication_warms_up_as_long_as_the_pilots_asked_for() -> None:
    for workload in WORKLOADS:
        assert workload.lengths["publication"].warmup >= (workload.steady_after or 0)


def test_every_profile_asks_for_twelve_surveys() -> None:
    (survey,) = [workload for workload in WORKLOADS if workload.name == "survey"]
    assert {name for name, length in survey.lengths.items() if length.iterations >= 12} == {
        *PROFILES
    }


def test_one_job_is_as_long_as_each_of_many() -> None:
    # The page's speed-up is the time of many over that of one, and shown for equal jobs only.
    own = [dict(w.shape.own) for w in WORKLOADS if isinstance(w.shape, WorkShape)]
    jobs = [params["rounds"] for params in own if "rounds" in params]
    assert len(jobs) == 2
    assert len(set(jobs)) == 1


@pytest.mark.usefixtures("subreaper")
def test_a_run_gives_each_invocation_its_workloads_limit(
    folders: Folders, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = ("timers-1", "timers-1m")
    folders.make(contender={"families": ["timers"]})
    discovery = discover((), folders.parent)
    selection = select(
        discovery,
        profile="publication",
        workload_names=names,
        contender_names=(),
        substitutions={},
    )
    seen: set[float] = set()

    def measure_work(*_: object, job_limit_s: float, **__: object) -> Observation:
        seen.add(job_limit_s)
        return Observation()

    monkeypatch.setenv("AWAITBENCH_OUT", str(tmp_path / "out"))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))  # where the machine's lock lies
    monkeypatch.setattr(campaign, "measure_work", measure_work)
    campaign.start_run(_plan(selection), selection.entries, {}, lambda _: None)
    assert seen == {120.0, 600.0}


def _plan(selection: Selection) -> RunFile:
    cpus = frozenset(os.sched_getaffinity(0))
    return make_plan(
        Request(
            profile="publication",
            blocks=6,
            seed=1,
            selection=selection,
            placement=CpuPlacement(mode="none", harness=cpus, programs=cpus),
            sites=None,
            command="run",
        )
    )
