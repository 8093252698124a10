"""Results that cannot be written: said before measuring where possible, nothing lost."""

import os
import resource
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.command_line import CommandLine, wait_for
from tests.fakes.folder import make_fake
from tests.trouble.pair import STANDING, Pair

pytestmark = pytest.mark.deadline(120)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system that holds 64 KiB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(disk)]
    if os.geteuid() != 0 or subprocess.run(command, capture_output=True).returncode != 0:
        pytest.skip("Mounting a small disk takes a privileged user.")
    yield disk
    subprocess.run(["umount", disk], check=True)


def test_a_full_disk_is_said_before_measuring(command_line: CommandLine, small_disk: Path) -> None:
    (small_disk / "filler").write_bytes(b"x" * 60 * 1024)
    folder = make_fake(command_line.home, "good_at_first")
    full = CommandLine(command_line.home, results=small_disk / "results")
    done = full.do(*full.run_arguments(folder))
    assert done.status == 3, done
    assert not (folder / ".invocations").exists()


def test_a_results_folder_that_cannot_be_made_is_said_before_measuring(
    command_line: CommandLine,
) -> None:
    (command_line.home / "file").write_text("in the way")
    folder = make_fake(command_line.home, "good_at_first")
    barred = CommandLine(command_line.home, results=command_line.home / "file" / "results")
    done = barred.do(*barred.run_arguments(folder))
    assert done.status == 3, done
    assert len(done.err.strip().splitlines()) == 1
    assert not (folder / ".invocations").exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="Nothing is read-only to a privileged user.")
def test_a_read_only_results_folder_is_said_before_measuring(command_line: CommandLine) -> None:
    command_line.results.mkdir(mode=0o555)
    folder = make_fake(command_line.home, "good_at_first")
    assert command_line.do(*command_line.run_arguments(folder)).status == 3
    assert not (folder / ".invocations").exists()


def fill_disk(pair: Pair) -> None:
    """Let the stalled run find no more room, and go on."""
    with pair.stalled() as process:
        size = pair.run.lines.stat().st_size
        # Files may not grow any more, from the process's point of view, but for a torn line.
        resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (size + 100, size + 100))
        (pair.folder / ".go").touch()
        done = pair.command_line.finish(process)
    assert done.status == 3, done


def test_a_disk_that_fills_up_stops_the_run_and_loses_nothing(pair: Pair) -> None:
    fill_disk(pair)
    wait_for(lambda: len(pair.run.invocations) == 3, "three complete lines", 1.0)


def test_resume_finishes_a_run_whose_disk_was_full(pair: Pair) -> None:
    fill_disk(pair)
    done = pair.resume()
    assert done.status == 0, done
    assert pair.run.standing == STANDING
