"""How long it takes, and how much memory, to read, judge and draw a run of millions of pings.

    python -m tests.bench.bench_run              runs of 10⁴ to 10⁷ pings, made up for it
    python -m tests.bench.bench_run PINGS...     the same of these sizes
    python -m tests.bench.bench_run RUN          a run that is there; nothing in it changes

Each step is a process of its own, so that its peak memory is its own. Asserts nothing.
"""

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from benchmarks.run.rejudge import rejudge, told
from results.format import INVOCATIONS_FILE, PINGS_FILE
from results.run_folder import RunFolder
from tests.bench.large_run import write_large_run

SIZES = tuple(10**power for power in range(4, 8))


def read(folder: Path) -> str:
    """Read every ping once, as a report does."""
    pings = sum(record.pings.row.size for record in RunFolder.read(folder).invocations)
    size = sum((folder / name).stat().st_size for name in (INVOCATIONS_FILE, PINGS_FILE))
    return f"{pings:,} pings, {size / pings:.1f} bytes each"


def judge(folder: Path) -> str:
    """Apply today's rules."""
    return told(rejudge(RunFolder.read(folder)), 0)[0]


def draw(folder: Path) -> str:
    """Analyse and render the page, which is not written."""
    from reports.page import render
    from reports.publish import analyse

    return f"{len(render(analyse(folder))) / 1e6:.1f} MB"


STEPS: Mapping[str, Callable[[Path], str]] = {"read": read, "judge": judge, "draw": draw}


def main(words: list[str]) -> None:
    """Run one step in this process, or all in processes of their own."""
    if words and words[0] in STEPS:
        began, used = time.monotonic(), time.process_time()
        said = STEPS[words[0]](Path(words[1]))
        seconds, cpu = time.monotonic() - began, time.process_time() - used
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        took = f"{seconds:6.1f} s, {cpu:5.1f} s of CPU, {peak:5.0f} MiB"
        print(f"{words[0]:6} {took}   {said}", flush=True)
        return
    if words and not words[0].isdigit():
        _steps(Path(words[0]))
        return
    for size in map(int, words) if words else SIZES:
        with tempfile.TemporaryDirectory() as base:
            _steps(write_large_run(Path(base, "run"), size))


def _steps(folder: Path) -> None:
    for step in STEPS:
        subprocess.run([sys.executable, "-m", "tests.bench.bench_run", step, folder], check=True)


if __name__ == "__main__":
    main(sys.argv[1:])
