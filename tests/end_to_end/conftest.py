"""One real run of everything that ships, shared by the tests that look at it."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from results.format import RunFile
from results.line_format import Invocation
from runners.discovery import ROOT

RUN_LIMIT_S = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class RealRun:
    """A finished run, and what the command printed."""

    folder: Path
    printed: str

    @property
    def plan(self) -> RunFile:
        """run.json."""
        plan: RunFile = json.loads((self.folder / "run.json").read_text())
        return plan

    @property
    def invocations(self) -> list[Invocation]:
        """The lines of invocations.jsonl."""
        return [
            json.loads(line)
            for line in (self.folder / "invocations.jsonl").read_text().splitlines()
        ]


@pytest.fixture(scope="session")
def real_run() -> Iterator[RealRun]:
    """Six blocks of the survey's own workload, every contender that this machine can run."""
    with tempfile.TemporaryDirectory() as base:
        words = ["run", "--profile", "quick", "--workload", "survey", "--seed", "7"]
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks", *words],
            cwd=ROOT,
            env={**os.environ, "AWAITBENCH_OUT": base, "AWAITBENCH_LOCK": f"{base}/lock"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=RUN_LIMIT_S,
            check=False,
        )
        assert done.returncode == 0, done.stdout
        (run_file,) = Path(base).glob("*/run.json")
        yield RealRun(folder=run_file.parent, printed=done.stdout)
