"""What an invocation is metered by: CPU time and memory up to the first record, all or none."""

import os
import sys
from collections.abc import Sequence
from itertools import count
from pathlib import Path
from typing import Protocol

import pytest

from runners import descendants
from runners.invocation import RUN_JOB_LIMIT_S, invoke
from runners.observation import Observation
from runners.protocol import Job, Object, times_of
from runners.records import IterationRecord
from runners.rules import Rule
from runners.spawning import Start

MIB = 2**20
READY = """
import json, sys, time
say = lambda line: print(json.dumps(line), flush=True)
record = lambda n: say({"iteration": n, "start_ns": job + 2 * n, "end_ns": job + 2 * n + 1})
say({"ready": 1, "runtime": "x"})
sys.stdin.readline()
job = time.monotonic_ns()
"""
END = 'say({"done": True}); sys.stdin.read()'


class Invoke(Protocol):
    """Invokes code, with a limit from job to `done`."""

    def __call__(self, code: str, limit_s: float = ...) -> Observation[IterationRecord]:
        ...


class Bare:
    """Records with nothing but times."""

    def parse(self, line: Object) -> IterationRecord:
        iteration, start_ns, end_ns = times_of(line, "iteration", "start_ns", "end_ns")
        return IterationRecord(iteration=iteration, start_ns=start_ns, end_ns=end_ns)

    def check_times(self, records: Sequence[IterationRecord]) -> str | None:
        return None

    def check_work(self, records: Sequence[IterationRecord]) -> str | None:
        return None


@pytest.fixture
def run(tmp_path: Path, subreaper: None) -> Invoke:
    """Invoke Python code that has two iterations to do; this process is its companion."""

    def run(code: str, limit_s: float = RUN_JOB_LIMIT_S) -> Observation[IterationRecord]:
        argv = (sys.executable, "-S", "-E", "-c", READY + code)
        start = Start(argv=argv, folder=tmp_path, environment={})
        job = Job(family="any", iterations=2, params={})
        return invoke(start, job, records=Bare(), companion=os.getpid(), job_limit_s=limit_s)

    return run


def test_work_before_the_first_record_is_metered(run: Invoke) -> None:
    seen = run(f"x = bytes({64 * MIB}); y = b'y' * {64 * MIB}\nrecord(0); record(1); {END}")
    assert seen.findings == []
    assert (seen.peak_rss_bytes or 0) > 64 * MIB
    assert (seen.cpu_ns or 0) > 0
    assert seen.companion_cpu_ns is not None


def test_what_a_program_spends_on_its_other_records_is_not(run: Invoke) -> None:
    spend = "end = time.process_time() + 0.4\nwhile time.process_time() < end: pass"
    code = f"record(0); time.sleep(0.4); y = b'y' * {64 * MIB}\n{spend}\nrecord(1); {END}"
    seen = run(code)
    assert seen.findings == []
    assert seen.peak_rss_bytes is not None and seen.peak_rss_bytes < 64 * MIB
    assert seen.cpu_ns is not None and seen.cpu_ns < 400_000_000


@pytest.mark.parametrize("end", ["", "record(0); sys.exit()", f"record(0); {END}"])
def test_who_ends_before_the_last_record_has_no_meters(run: Invoke, end: str) -> None:
    seen = run(end)
    assert (seen.cpu_ns, seen.companion_cpu_ns, seen.peak_rss_bytes) == (None, None, None)


LATER = f"time.sleep(1)\nrecord(0); record(1); {END}"


def test_who_misses_the_limit_for_reasons_of_its_own_is_late(run: Invoke) -> None:
    seen = run("time.sleep(60)", limit_s=0.2)
    assert seen.late and [finding.rule for finding in seen.findings] == [Rule.P3]


def test_what_a_program_waits_for_a_cpu_is_added_to_its_limit(
    run: Invoke, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited = count(0, 10**9)
    monkeypatch.setattr(descendants, "waited_for_cpu_ns", lambda pid: next(waited))
    seen = run(LATER, limit_s=0.5)
    assert (seen.late, seen.findings) == (False, [])


def test_however_long_it_waits_there_is_an_end(
    run: Invoke, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited = count(0, 10**12)
    monkeypatch.setattr(descendants, "waited_for_cpu_ns", lambda pid: next(waited))
    assert run("time.sleep(60)", limit_s=0.2).late
