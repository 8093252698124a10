"""A harness's result counts only where it is whole, and the work behind it was really done."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.agreement.harnesses import read_harnesses
from benchmarks.agreement.timing import Timed, harness_start, read_told, time_once
from benchmarks.families import discover_runners, matching
from benchmarks.ping.origin.handle import Origin
from benchmarks.run.planning import plan_workloads
from results.conform import Misfit
from results.format import Length, WorkloadPlan
from runners.environment import program_environment
from runners.roster import Ready, all_contenders, start_of
from runners.spawning import Start

LENGTH = Length(iterations=5, warmup=2)
TOLD = {"harness": "timer 1", "mean_ns": 5.0, "samples_ns": [5.0], "calls": 5, "checksum": 0}

# A harness in miniature: does CALLS iterations, and says that it did SAID.
FAKE = """
import json, socket, sys
job = json.load(open(sys.argv[1]))
def done(iteration):
    params = job["params"]
    if job["family"] == "ping":
        for site in params["chains"][0]:
            host, port = site.split(":")
            with socket.create_connection((host, int(port)), 60) as connection:
                head = f"HEAD {params['path']} HTTP/1.1\\r\\nHost: {site}\\r\\nConnection: close\\r\\n\\r\\n"
                connection.sendall(head.encode())
                while connection.recv(1024):
                    pass  # to the end: who closes before it has read resets
        return 0
    checksum = 0
    for k in range(params["size"]):
        checksum = (31 * checksum + params["seed"] + iteration + k) % 2**32
    return checksum
checksum = sum(done(iteration) for iteration in range(CALLS)) % 2**32
told = {"harness": "timer 1", "mean_ns": 5.0, "samples_ns": [5.0], "calls": SAID, "checksum": checksum}
json.dump(told, open(sys.argv[2], "w"))
"""


@pytest.fixture(scope="module")
def origin() -> Iterator[Origin]:
    """An origin for all tests here."""
    with Origin() as found:
        yield found


def plan_of(name: str) -> WorkloadPlan:
    """The plan of a workload."""
    (plan,) = plan_workloads(matching([name]), "default", None)
    return plan


def timed(folder: Path, script: str, origin: Origin, workload: str) -> Timed:
    """Have a harness whose program is this script time a program."""
    (folder / "fake.py").write_text(script)
    start = Start(
        argv=(sys.executable, "-S", "-E", "fake.py"),
        folder=folder,
        environment=program_environment({}),
    )
    return time_once(start, "coroutine", plan_of(workload), LENGTH, origin)


@pytest.mark.parametrize("workload", ["await-completed", "sequential"])
def test_work_that_was_done_and_counted_is_believed(
    tmp_path: Path, origin: Origin, workload: str
) -> None:
    done = timed(tmp_path, FAKE.replace("CALLS", "5").replace("SAID", "5"), origin, workload)
    assert done["broken"] == []
    assert done["told"] is not None and done["told"]["mean_ns"] == 5.0


@pytest.mark.parametrize(("workload", "rule"), [("await-completed", "C1"), ("sequential", "W3")])
def test_a_harness_that_skips_work_is_noticed(
    tmp_path: Path, origin: Origin, workload: str, rule: str
) -> None:
    done = timed(tmp_path, FAKE.replace("CALLS", "4").replace("SAID", "5"), origin, workload)
    assert any(why.startswith(f"{rule}: ") for why in done["broken"]), done["broken"]


def test_fewer_iterations_than_were_due_are_noticed(tmp_path: Path, origin: Origin) -> None:
    script = FAKE.replace("CALLS", "2").replace("SAID", "2")
    done = timed(tmp_path, script, origin, "await-completed")
    assert done["broken"] == ["only 2 iterations were done, of 5 that were due, warm-up included"]


@pytest.mark.parametrize(
    ("script", "why"),
    [
        ("raise SystemExit('no such module')", "ended with status 1: no such module"),
        ("", "result.json is missing"),
        ("import sys; open(sys.argv[2], 'w').write('{')", "it is not JSON"),
    ],
)
def test_a_harness_that_fails_is_told(
    tmp_path: Path, origin: Origin, script: str, why: str
) -> None:
    done = timed(tmp_path, script, origin, "sequential")
    assert done["told"] is None and len(done["broken"]) == 1 and why in done["broken"][0]


def test_a_harness_that_cannot_be_started_is_told(tmp_path: Path, origin: Origin) -> None:
    start = Start(argv=("absent",), folder=tmp_path, environment={"PATH": ""})
    done = time_once(start, "coroutine", plan_of("await-completed"), LENGTH, origin)
    assert done["told"] is None and "could not be started" in done["broken"][0]


@pytest.mark.parametrize(
    "wrong",
    [
        {"mean_ns": 0.0},
        {"mean_ns": "fast"},
        {"samples_ns": []},
        {"calls": 1.5},
        {"checksum": None},
        {"colour": "red"},
    ],
)
def test_a_result_is_read_strictly(tmp_path: Path, wrong: dict[str, object]) -> None:
    file = tmp_path / "result.json"
    file.write_text(json.dumps(TOLD))
    assert read_told(file) == TOLD
    file.write_text(json.dumps({**TOLD, **wrong}))
    with pytest.raises(Misfit):
        read_told(file)
    file.write_text(json.dumps({k: v for k, v in TOLD.items() if k not in wrong and k != "calls"}))
    with pytest.raises(Misfit, match="lacks"):
        read_told(file)


@pytest.mark.slow
@pytest.mark.parametrize("workload", [*read_harnesses().pairs])
def test_pytest_benchmark_times_the_programs_of_python(origin: Origin, workload: str) -> None:
    table, contenders = read_harnesses(), all_contenders(discover_runners())
    (name,) = (each for each in table.pairs[workload] if each.startswith("python/"))
    (manifest,) = (m for m in discover_runners().manifests if m.name == "python")
    runner = Ready(manifest=manifest, version="", hash="")
    start = harness_start(table.by_runner["python"], runner, start_of(runner, contenders[name]))
    done = time_once(start, contenders[name].command[-1], plan_of(workload), LENGTH, origin)
    assert done["broken"] == []
    told = done["told"]
    assert told is not None and told["harness"].startswith("pytest-benchmark ")
    assert len(told["samples_ns"]) == 3 and told["calls"] == 5
    assert told["mean_ns"] == pytest.approx(sum(told["samples_ns"]) / 3)
