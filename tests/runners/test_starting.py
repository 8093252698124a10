"""A first start: which programs cannot be started, and what the machine refuses."""

import subprocess
import sys
from pathlib import Path

import pytest

from runners import starting
from runners.spawning import Start
from runners.starting import start_trouble
from tests.fakes.command_line import ROOT

READY = 'print(\'{"ready":1,"runtime":"x"}\', flush=True); sys.stdin.read()'


def start_of(folder: Path, code: str) -> Start:
    argv = (sys.executable, "-S", "-E", "-c", f"import os, sys, time\n{code}")
    return Start(argv=argv, folder=folder, environment={})


@pytest.mark.parametrize(
    "code", [READY, "print('hello')", "print('{\"ready\":2}')", "print(end='x')"]
)
def test_a_program_that_writes_anything_has_started(
    tmp_path: Path, subreaper: None, code: str
) -> None:
    assert start_trouble(start_of(tmp_path, code)) is None


def test_a_program_that_ends_before_it_writes_cannot_be_started(
    tmp_path: Path, subreaper: None
) -> None:
    trouble = start_trouble(start_of(tmp_path, "sys.exit('no runtime here')"))
    assert trouble == "ended with status 1 before `ready`; standard error: no runtime here"


def test_a_file_that_is_missing_cannot_be_started(tmp_path: Path, subreaper: None) -> None:
    absent = Start(argv=("./absent",), folder=tmp_path, environment={})
    assert start_trouble(absent) == "No such file or directory"


def test_one_bad_start_proves_nothing(tmp_path: Path, subreaper: None) -> None:
    once = "if not os.path.exists('x'): open('x', 'w'); sys.exit(1)\n"
    assert start_trouble(start_of(tmp_path, once + READY)) is None


def test_silence_shows_nothing_to_who_is_patient(
    tmp_path: Path, subreaper: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(starting, "READY_LIMIT_S", 0.1)
    silent = start_of(tmp_path, "time.sleep(60)")
    assert start_trouble(silent, patient=True) is None
    assert "wrote nothing" in (start_trouble(silent) or "")


# Lets the harness have so many descriptors beyond those that are open, and starts a program.
FEW = """
import os, resource, sys
from pathlib import Path
import psutil
from results.errors import RefusedError
from runners import descendants
from runners.spawning import Start
from runners.starting import start_trouble
descendants.become_subreaper()
psutil.Process().children()
hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
start = Start(argv=(sys.executable, "-S", "-E", "-c", "print(1)"), folder=Path("/"), environment={})
for more in range(16):
    resource.setrlimit(resource.RLIMIT_NOFILE, (len(os.listdir("/proc/self/fd")) - 1 + more, hard))
    try:
        print(start_trouble(start))
    except RefusedError as error:
        print("refused:", error)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    assert not psutil.Process().children(), "left running"
"""


def test_where_the_machine_refuses_the_harness_the_program_is_not_blamed_and_nothing_left() -> None:
    done = subprocess.run(
        [sys.executable, "-c", FEW], cwd=ROOT, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr
    said = done.stdout.splitlines()
    assert said[0].startswith("refused: This machine refused") and said[-1] == "None"
    assert all(line == "None" or "Too many open files" in line for line in said), said
