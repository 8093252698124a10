"""How long it takes to read and analyse a run of a million pings.

Asserts no time, and so is no test; run it where the analysis was changed:

    python -m pytest -p no:cacheprovider tests/bench/bench_analysis.py
"""

from pathlib import Path
from typing import Any

import pytest

from reports.analysis.frames import Frames, frames_of
from reports.analysis.notes import notes_of
from reports.analysis.summary import summarise
from reports.words import sentences
from results.run_folder import RunFolder
from tests.synthetic_run import SyntheticRun, write_run


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Fifteen blocks of seven contenders: 1.1 million pings."""
    return write_run(tmp_path_factory.mktemp("run"), SyntheticRun(iterations=13))


@pytest.fixture(scope="module")
def frames(folder: Path) -> Frames:
    return frames_of(RunFolder.read(folder))


def test_reading_a_million_pings(benchmark: Any, folder: Path) -> None:
    read = benchmark.pedantic(RunFolder.read, args=(folder,), rounds=3)
    assert sum(record.pings.row.size for record in read.invocations) > 1_000_000


def test_framing_a_million_pings(benchmark: Any, folder: Path) -> None:
    frames = benchmark.pedantic(frames_of, args=(RunFolder.read(folder),), rounds=3)
    assert sum(cell.total for cell in frames.pings.values()) > 750_000


def test_analysing_a_million_pings(benchmark: Any, folder: Path, frames: Frames) -> None:
    summary = benchmark.pedantic(
        summarise, args=(RunFolder.read(folder), frames, sentences), rounds=3
    )
    assert len(summary["comparisons"]) == 4 * 21 * 7


def test_noting_a_million_pings(benchmark: Any, folder: Path, frames: Frames) -> None:
    notes = benchmark.pedantic(notes_of, args=(RunFolder.read(folder), frames), rounds=3)
    assert notes.blocks == 15
