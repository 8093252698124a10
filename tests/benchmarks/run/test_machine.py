"""What a run says of the machine, which CPUs it takes, and how it counts the time left."""

import getpass
import json
import os
import platform
import re
from typing import cast

import psutil
import pytest

from benchmarks.run.machine import describe_machine, differences, harmless_differences
from benchmarks.run.placement import on_cpus, place
from benchmarks.run.progress import TimeLeft, show_seconds
from results.errors import MissingError, UsageError
from results.format import GroupPlan, Machine, Placement
from tests.benchmarks.run.lines import MACHINE


def test_a_machine_is_described_without_naming_host_user_or_path() -> None:
    text = json.dumps(describe_machine())
    names = {platform.node(), getpass.getuser(), os.path.expanduser("~")}
    assert [name for name in names if re.search(rf"\b{re.escape(name)}\b", text)] == []
    assert not re.search(r'"/', text)


def test_a_machine_is_the_same_as_itself() -> None:
    assert differences(describe_machine(), describe_machine()) == []


@pytest.mark.parametrize("key", ["cpu", "usable_cpus", "governor", "kernel", "python"])
def test_what_would_spoil_a_comparison_is_a_difference(key: str) -> None:
    other: Machine = json.loads(json.dumps({**MACHINE, key: "other"}))
    assert differences(MACHINE, other) == [
        f"{key} was {json.loads(json.dumps(MACHINE))[key]}, is other"
    ]


@pytest.mark.parametrize("library", ["httpx", "aiohttp", "uvloop"])
def test_another_library_of_a_contender_is_a_difference(library: str) -> None:
    def having(packages: dict[str, str]) -> Machine:
        return cast(Machine, {**MACHINE, "packages": packages})

    old, new = having({library: "0.24"}), having({library: "0.28"})
    assert differences(old, new) == [f"{library} was 0.24, is 0.28"]
    assert differences(old, having({})) == [f"{library} was 0.24, is None"]
    assert differences(having({}), new) == []  # who needs it took no part then


def test_what_changes_no_figure_is_noted_and_does_not_end_a_run() -> None:
    other: Machine = json.loads(
        json.dumps({**MACHINE, "memory_bytes": 2**30 - 4096, "packages": {"numpy": "2.0"}})
    )
    assert differences(MACHINE, other) == []
    assert harmless_differences(MACHINE, other) == [
        "memory_bytes was 1073741824, is 1073737728",
        "numpy was 1.24, is 2.0",
    ]


@pytest.mark.parametrize("error", [FileNotFoundError(), KeyError("MemTotal:"), PermissionError()])
def test_memory_that_a_sandbox_hides_is_not_known(
    monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def hidden() -> None:
        raise error

    monkeypatch.setattr(psutil, "virtual_memory", hidden)
    assert describe_machine()["memory_bytes"] is None


@pytest.fixture
def cpus(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> set[int]:
    own: set[int] = request.param
    monkeypatch.setattr(os, "sched_getaffinity", lambda pid: own)
    monkeypatch.setattr(os, "sched_setaffinity", lambda pid, cpus: None)
    return own


@pytest.mark.parametrize(
    ("cpus", "core", "harness", "programs"),
    [
        ({0, 3, 5}, {5}, [5], [0, 3]),
        ({0, 3, 5}, {2, 5}, [5], [0, 3]),
        ({0, 3, 5}, {3, 5}, [3, 5], [0]),
        ({0, 3, 5}, {0, 3, 5}, [5], [0, 3]),
    ],
    indirect=["cpus"],
)
def test_the_harness_has_the_last_core_and_programs_the_others(
    cpus: set[int],
    core: set[int],
    harness: list[int],
    programs: list[int],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("benchmarks.run.placement.core_of", lambda cpu: frozenset(core))
    split = Placement(mode="split", harness=harness, programs=programs), None
    assert (place(None), place("split")) == (split, split)
    assert place("shared") == (
        Placement(mode="shared", harness=[0, 3, 5], programs=[0, 3, 5]),
        None,
    )


@pytest.mark.parametrize("cpus", [{2}], indirect=True)
def test_one_cpu_is_shared_and_cannot_be_split(cpus: set[int]) -> None:
    assert place(None) == (Placement(mode="shared", harness=[2], programs=[2]), None)
    with pytest.raises(UsageError, match="needs two CPUs"):
        place("split")


def _refused(*_: object) -> None:
    raise PermissionError


@pytest.mark.parametrize("cpus", [{0, 1}], indirect=True)
def test_where_processes_cannot_be_kept_to_cpus_these_are_shared_and_it_is_said(
    cpus: set[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "sched_setaffinity", _refused)
    placed, note = place(None)
    assert (placed["mode"], placed["programs"]) == ("shared", sorted(cpus))
    assert note is not None and "does not let processes be pinned to CPUs" in note
    assert place("shared")[1] is None
    with pytest.raises(MissingError, match="leave it out"):
        place("split")
    with on_cpus(cpus):
        pass


def left_of(*workloads: str) -> TimeLeft:
    return TimeLeft([GroupPlan(workload=name, order=[]) for name in workloads])


def test_the_time_left_follows_what_each_workload_took() -> None:
    left = left_of("a", "b", "a", "b", "a")
    assert left.seconds() == 0.0
    left.took("a", 2.0)
    assert left.seconds() == 8.0  # b has not been met: the mean of the others
    left.took("b", 10.0)
    assert left.seconds() == 14.0
    left.took("a", 4.0)
    assert left.seconds() == 13.0
    left.took("b", 10.0)
    left.took("a", 3.0)
    assert left.seconds() == 0.0


@pytest.mark.parametrize(
    ("seconds", "said"), [(0.4, "0 s"), (89.4, "89 s"), (90, "1 min 30 s"), (600, "10 min 00 s")]
)
def test_a_duration_is_said_as_a_person_says_it(seconds: float, said: str) -> None:
    assert show_seconds(seconds) == said
