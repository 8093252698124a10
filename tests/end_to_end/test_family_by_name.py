"""Python and Node import a family by the name in the job: a file that is one, and no other."""

import json
import shutil
import subprocess
import sys

import pytest

from runners.discovery import ROOT

PROGRAMS = {
    "python": (sys.executable, "-m", "work", "coroutine"),
    "node": ("node", "work/main.mjs", "promise"),
}
NOT_FAMILIES = ("../contract", "job", "main", "__main__", "pool", "worker", "await_completed")


def answer(runner: str, family: str, way: str = "") -> subprocess.CompletedProcess[str]:
    """Ask a program for one iteration of a family, in another way if one is given; end its input."""
    command = PROGRAMS[runner][:-1] + (way or PROGRAMS[runner][-1],)
    if shutil.which(PROGRAMS[runner][0]) is None:
        pytest.skip(f"needs {PROGRAMS[runner][0]}")
    job = {"family": family, "iterations": 1, "params": {"size": 4, "seed": 1}}
    return subprocess.run(
        command,
        cwd=ROOT / runner,
        input=f"{json.dumps(job)}\n",
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


@pytest.mark.parametrize("runner", PROGRAMS)
def test_a_family_is_found_by_its_name(runner: str) -> None:
    done = answer(runner, "await-completed")
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout.splitlines()[1])["iteration"] == 0


@pytest.mark.parametrize("family", NOT_FAMILIES)
@pytest.mark.parametrize("runner", PROGRAMS)
def test_a_name_that_is_no_familys_is_a_bad_job(runner: str, family: str) -> None:
    done = answer(runner, family)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert "family" in done.stderr
    assert [line[:10] for line in done.stdout.splitlines()] == ['{"ready":1']


@pytest.mark.parametrize("way", ["asyncio", "fold", "no-such-way"])
@pytest.mark.parametrize("runner", PROGRAMS)
def test_a_name_that_is_no_way_of_the_family_is_a_bad_job(runner: str, way: str) -> None:
    done = answer(runner, "await-completed", way)
    assert done.returncode == 2
    assert done.stderr.splitlines()[0].endswith(f"in the way {way}.")
