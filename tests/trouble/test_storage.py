"""Results that cannot be written: said before measuring where possible, nothing lost."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.command_line import CommandLine
from tests.fakes.folder import make_fake


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system that holds 64 KiB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(disk)]
    if os.geteuid() != 0 or subprocess.run(command, capture_output=True).returncode != 0:
        pytest.skip("Mounting a small disk takes a privileged user.")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


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
    (said,) = done.err.splitlines()  # nothing was announced before
    assert "cannot be made (Not a directory): AWAITBENCH_OUT names it" in said
    assert not (folder / ".invocations").exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="Nothing is read-only to a privileged user.")
def test_a_read_only_results_folder_is_said_before_measuring(command_line: CommandLine) -> None:
    command_line.results.mkdir(mode=0o555)
    folder = make_fake(command_line.home, "good_at_first")
    assert command_line.do(*command_line.run_arguments(folder)).status == 3
    assert not (folder / ".invocations").exists()
