"""`report --open`: the page is opened by what the system has for that."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.reports.page.runs import SURVEY
from tests.synthetic_run import write_run

ROOT = Path(__file__).parents[3]


@pytest.fixture
def opener(tmp_path: Path) -> Path:
    """An xdg-open that writes down what it shall open."""
    program = tmp_path / "bin" / "xdg-open"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\necho "$1" > {tmp_path}/opened\n')
    program.chmod(0o755)
    return program.parent


def report(folder: Path, opener: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "benchmarks", "report", str(folder), *words],
        cwd=ROOT,
        env={**os.environ, "PATH": f"{opener}:{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )


def appeared(file: Path) -> str:
    """What the opener wrote, which nobody waits for."""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and not (file.exists() and file.read_text().endswith("\n")):
        time.sleep(0.02)
    return file.read_text().strip()


def test_the_page_is_drawn_and_opened(tmp_path: Path, opener: Path) -> None:
    folder = write_run(tmp_path / "run", SURVEY)
    done = report(folder, opener, "--open")
    assert done.returncode == 0, done.stderr
    opened = appeared(tmp_path / "opened")
    assert Path(opened) == (folder / "report.html").resolve()


def test_without_a_page_there_is_nothing_to_open(tmp_path: Path, opener: Path) -> None:
    folder = write_run(tmp_path / "run", SURVEY)
    done = report(folder, opener, "--open", "--format", "md")
    assert done.returncode == 2
    assert "There is no page to open" in done.stderr
    (folder / "report.html").write_text("of an earlier drawing")
    assert report(folder, opener, "--open", "--format", "md").returncode == 2
    assert not (tmp_path / "opened").exists()
