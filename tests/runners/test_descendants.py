"""Meters of a process and its descendants, read from outside."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from runners import descendants
from tests.fakes.command_line import comes_true

MIB = 1024 * 1024
GONE = 2**22 + 1  # no process has an id above the kernel's limit


@contextmanager
def program(code: str) -> Iterator[subprocess.Popen[bytes]]:
    """A Python that did `code`, said a line, and waits for the end of its input."""
    code = f"import os, sys\n{code}\nprint('x', flush=True)\nsys.stdin.read()"
    argv = [sys.executable, "-S", "-c", code]
    with subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stdout.readline()
        yield running


SPIN = "while True: pass"
SPEND = "import time\nwhile time.process_time_ns() < 30_000_000: pass"
FORK = (
    "here, there = os.pipe()\nif os.fork() == 0:\n    {}\n    os.write(there, b'x')\n    "
    "sys.stdin.read()\n    os._exit(0)\nos.read(here, 1)"
)


def test_cpu_time_is_what_the_process_itself_sees() -> None:
    with program(SPEND) as running:
        seen = descendants.cpu_clock_ns(running.pid)
        assert seen is not None
        assert seen >= 30_000_000
        assert seen <= (descendants.cpu_clock_ns(running.pid) or 0)


def test_cpu_time_counts_all_threads() -> None:
    spend = SPEND.replace("process", "thread").replace("\n", "\n    ")
    code = f"import threading\ndef work():\n    {spend}\nt = threading.Thread(target=work)"
    with program(f"{code}\nt.start(); t.join()") as running:
        assert (descendants.cpu_clock_ns(running.pid) or 0) >= 30_000_000


def test_cpu_time_of_a_tree_counts_living_descendants() -> None:
    with program(
        FORK.format(SPEND.replace("\n", "; ").replace("; while", "\n    while"))
    ) as running:
        alone = descendants.cpu_clock_ns(running.pid)
        tree = descendants.cpu_of_tree_ns(running.pid)
        assert alone is not None
        assert tree is not None
        assert tree >= alone + 30_000_000


def test_peak_memory_remembers_what_was_freed() -> None:
    with program(f"x = b'x' * {64 * MIB}; del x") as running:
        peak = descendants.peak_memory_bytes(running.pid)
        now = psutil.Process(running.pid).memory_info().rss
    assert peak is not None
    assert now + 60 * MIB < peak


def test_peak_memory_is_not_that_of_who_forked_the_process() -> None:
    ballast = bytearray(os.urandom(MIB)) * 96
    with program("") as running:
        peak = descendants.peak_memory_bytes(running.pid)
    assert peak is not None
    assert peak < len(ballast)


def test_peak_memory_of_a_tree_counts_living_descendants() -> None:
    with program("") as one, program(FORK.format(f"x = b'x' * {64 * MIB}")) as two:
        alone = descendants.peak_memory_bytes(one.pid)
        tree = descendants.peak_memory_bytes(two.pid)
    assert alone is not None
    assert tree is not None
    assert tree > alone + 64 * MIB


def test_what_is_gone_has_no_reading() -> None:
    assert descendants.cpu_clock_ns(GONE) is None
    assert descendants.cpu_of_tree_ns(GONE) is None
    assert descendants.peak_memory_bytes(GONE) is None
    assert descendants.tree(GONE) == []


def test_strays_are_found_ended_and_reaped(subreaper: None) -> None:
    with program("") as known:
        ours = descendants.children()
        assert known.pid in ours
        script = "sleep 1000 & setsid sleep 1000 & exec sleep 0"
        subprocess.run(["sh", "-c", script], check=True, timeout=300)
        found = descendants.strays(ours)
        assert len(found) == 2
        descendants.kill_strays(ours)
        assert [psutil.pid_exists(stray.pid) for stray in found] == [False, False]
        assert descendants.children() == ours


def test_a_process_that_has_gone_still_has_a_name() -> None:
    gone = psutil.Process()
    name = descendants.name_of(gone)
    assert name
    with program("") as running:
        other = psutil.Process(running.pid)
        running.kill()
        running.wait()
    assert descendants.name_of(other) == f"process {other.pid}"


def test_who_shares_a_cpu_waits_for_it() -> None:
    (cpu, *_) = os.sched_getaffinity(0)
    both = [
        subprocess.Popen(["taskset", "-c", str(cpu), sys.executable, "-S", "-c", SPIN])
        for _ in "ab"
    ]
    try:
        if not Path(f"/proc/{both[0].pid}/schedstat").exists():
            pytest.skip("This kernel does not say how long a process waits for a CPU.")
        assert comes_true(lambda: descendants.waited_for_cpu_ns(both[0].pid) > 10_000_000, 60)
    finally:
        for each in both:
            each.kill()
            each.wait()
    assert descendants.waited_for_cpu_ns(both[0].pid) == 0


def test_a_process_that_goes_while_it_is_read_is_no_trouble(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """psutil raises FileNotFoundError there, now and then."""
    asked, children = [], psutil.Process.children

    def gone_at_first(process: psutil.Process, recursive: bool = False) -> list[psutil.Process]:
        asked.append(process.pid)
        if len(asked) % 2:
            raise FileNotFoundError(2, "No such file or directory", "/proc/1/stat")
        found: list[psutil.Process] = children(process, recursive=recursive)
        return found

    with program("") as running:
        monkeypatch.setattr(psutil.Process, "children", gone_at_first)
        assert running.pid in descendants.children()
        assert descendants.tree(running.pid) == [running.pid]
        assert running.pid not in [child.pid for child in descendants.strays({running.pid})]
    assert len(asked) >= 6
