"""Helpers end with the harness, and a probe under way with them."""

import subprocess
import sys
from pathlib import Path

from tests.benchmarks.claims.fakes import make_runner
from tests.fakes.command_line import ROOT, comes_true, processes_in

HARNESS = """
import sys
from pathlib import Path
from benchmarks.claims.probing import Question, run_probes
from runners.spawning import Start
start = Start(argv=(sys.executable, "probes.py"), folder=Path(sys.argv[1]), environment={})
list(run_probes([Question(runner="fake/probes", probe="cancel-point", start=start)], 60))
"""


def test_nothing_outlives_a_harness_that_is_killed(tmp_path: Path) -> None:
    folder = make_runner(tmp_path)
    harness = subprocess.Popen(
        [sys.executable, "-c", HARNESS, folder], cwd=ROOT, stdin=subprocess.DEVNULL
    )
    try:
        assert comes_true(lambda: bool(processes_in(folder)), 20)
    finally:
        harness.kill()
        harness.wait()
    assert comes_true(lambda: not processes_in(folder), 10)
