"""The machine's lock: one that measures, or several that check; freed however they end."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from benchmarks.run.lock import LOCK_NAME, machine_lock
from results.errors import LockHeldError, MissingError


@pytest.fixture(autouse=True)
def own_lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))


@contextmanager
def holder(repository: Path, folder: Path, *, shared: bool) -> Iterator[subprocess.Popen[bytes]]:
    """Another process that holds the lock until its input ends."""
    script = (
        "import sys\nfrom benchmarks.run.lock import machine_lock\n"
        f"with machine_lock(shared={shared}):\n    print('held', flush=True)\n    sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script],
        cwd=repository,
        env={**os.environ, "TMPDIR": str(folder)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        yield other


@pytest.mark.parametrize(
    ("theirs", "ours", "free"),
    [(False, False, False), (False, True, False), (True, False, False), (True, True, True)],
)
def test_only_checks_may_share(
    repository: Path, tmp_path: Path, theirs: bool, ours: bool, free: bool
) -> None:
    with holder(repository, tmp_path, shared=theirs) as other:
        if free:
            with machine_lock(shared=ours):
                pass
        else:
            with pytest.raises(LockHeldError) as caught, machine_lock(shared=ours):
                pass
            assert f"(process {other.pid})" in str(caught.value)


def test_a_killed_holder_frees_the_lock(repository: Path, tmp_path: Path) -> None:
    with holder(repository, tmp_path, shared=False) as other:
        other.kill()
        other.wait(20)
        with machine_lock():
            pass


def test_the_lock_is_free_after_an_error_and_can_be_taken_again() -> None:
    with pytest.raises(ZeroDivisionError), machine_lock():
        raise ZeroDivisionError
    with machine_lock():
        pass


def test_a_program_does_not_inherit_the_lock(tmp_path: Path) -> None:
    with machine_lock():
        ours = {os.path.realpath(f"/proc/self/fd/{fd}") for fd in os.listdir("/proc/self/fd")}
        paths = "[os.path.realpath(f'/proc/self/fd/{fd}') for fd in os.listdir('/proc/self/fd')]"
        theirs = subprocess.run(
            [sys.executable, "-S", "-c", f"import os; print({paths})"],
            close_fds=False,
            stdout=subprocess.PIPE,
            timeout=20,
            check=True,
        ).stdout
    assert str(tmp_path / LOCK_NAME) in ours
    assert LOCK_NAME.encode() not in theirs


def test_a_temporary_folder_that_cannot_be_used_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "absent"))
    with pytest.raises(MissingError, match="set TMPDIR"), machine_lock():
        pass
