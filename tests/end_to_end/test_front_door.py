"""`pytest benchmarks/`: pytest-benchmark's own figures are the program's, and rules are rules."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from benchmarks.run.lengths import FEWEST, FEWEST_SLOW

ROOT = Path(__file__).resolve().parents[2]


def front_door(home: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "LANG": "C.UTF-8",
        "AWAITBENCH_LOCK": str(home / "lock"),
    }
    return subprocess.run(
        [sys.executable, "-m", "pytest", "benchmarks/", "-q", "-p", "no:cacheprovider", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def test_every_contender_and_workload_is_a_test(tmp_path: Path) -> None:
    done = front_door(tmp_path, "--collect-only")
    assert done.returncode == 0, done.stdout
    for name in ("sequential-node/http", "survey-csharp/socket", "styles-python/callbacks"):
        assert f"test_await[{name}]" in done.stdout
    assert "undici" not in done.stdout


@pytest.mark.slow
def test_rounds_are_steady_iterations_by_the_program_s_clock(tmp_path: Path) -> None:
    file = tmp_path / "out.json"
    done = front_door(
        tmp_path, "-k", "sequential-python/streams or survey-node/net", f"--benchmark-json={file}"
    )
    assert done.returncode == 0, done.stdout + done.stderr
    found: dict[str, Any] = {b["param"]: b for b in json.loads(file.read_text())["benchmarks"]}
    steady, young = found["sequential-python/streams"], found["survey-node/net"]
    assert (steady["group"], young["group"]) == ("sequential (steady)", "survey (young)")
    rounds = steady["stats"]["rounds"]
    assert rounds == steady["extra_info"]["measured"]
    # Half a second, where an iteration takes over 20 ms on this machine, is fewer than 25 of them.
    assert rounds >= FEWEST or FEWEST_SLOW <= rounds <= 25
    assert young["stats"]["rounds"] < young["extra_info"]["iterations"]
    # Two sites after another that wait 5 ms each; nothing of the process around is in it.
    assert 0.01 < young["stats"]["min"] < 1.0


def test_another_measurement_is_not_disturbed(tmp_path: Path) -> None:
    lock = tmp_path / "lock"
    lock.write_text("")
    with lock.open("r+") as held:
        import fcntl

        fcntl.flock(held, fcntl.LOCK_EX)
        done = front_door(tmp_path, "-k", "survey-python/streams")
    assert done.returncode == 3 and "awaitbench" in done.stdout + done.stderr
