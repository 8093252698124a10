"""The canary and the kernel's account of who waited."""

import os
from pathlib import Path

from benchmarks.run.noise import Waits, canary_ns
from runners.cpus import allowed

CPU = "some avg10=1.00 avg60=0.00 avg300=0.00 total={}\nfull avg10=0.00 avg60=0.00 total=7\n"


def waits(folder: Path, at_ns: int, **totals: int) -> Waits:
    for kind, total in totals.items():
        (folder / kind).write_text(CPU.format(total))
    return Waits(at_ns=at_ns, totals=Waits.now(folder).totals)


def test_pressure_is_the_share_of_the_time_in_which_something_waited(tmp_path: Path) -> None:
    before = waits(tmp_path, 0, cpu=1_000, io=50)
    later = waits(tmp_path, 2_000_000, cpu=1_500, io=50)
    assert before.shares_until(later) == {"cpu": 0.25, "io": 0.0}


def test_where_the_kernel_tells_nothing_there_is_no_pressure(tmp_path: Path) -> None:
    nothing = waits(tmp_path, 0)
    assert nothing.totals is None
    assert nothing.shares_until(waits(tmp_path, 10, cpu=5)) is None


def test_a_share_is_at_most_the_whole_time(tmp_path: Path) -> None:
    before = waits(tmp_path, 0, cpu=0)
    assert before.shares_until(waits(tmp_path, 1_000, cpu=2)) == {"cpu": 1.0}


def test_the_canary_runs_on_the_programs_cpus_and_comes_back() -> None:
    own = allowed()
    assert canary_ns([min(own)]) > 0
    assert os.sched_getaffinity(0) == own
