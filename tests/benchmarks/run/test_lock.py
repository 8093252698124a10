"""The machine's lock: one that measures, or several that check; freed however they end."""

import os
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from benchmarks.run import lock
from benchmarks.run.lock import LOCK_VARIABLE, lock_file, machine_lock
from results.errors import LockHeldError, MissingError


@pytest.fixture(autouse=True)
def own_lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = tmp_path / "lock"
    monkeypatch.setenv(LOCK_VARIABLE, str(file))
    return file


@contextmanager
def holder(repository: Path, *, shared: bool) -> Iterator[subprocess.Popen[bytes]]:
    """Another process that holds the lock until its input ends."""
    script = (
        "import sys\nfrom benchmarks.run.lock import machine_lock\n"
        f"with machine_lock(shared={shared}):\n    print('held', flush=True)\n    sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script],
        cwd=repository,
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
def test_only_checks_may_share(repository: Path, theirs: bool, ours: bool, free: bool) -> None:
    with holder(repository, shared=theirs) as other:
        if free:
            with machine_lock(shared=ours):
                pass
        else:
            with pytest.raises(LockHeldError) as caught, machine_lock(shared=ours):
                pass
            assert f"(process {other.pid} " in str(caught.value)


def test_who_holds_the_lock_is_told_with_start_and_command(repository: Path) -> None:
    with holder(repository, shared=False) as other:
        with pytest.raises(LockHeldError, match="--wait") as caught, machine_lock():
            pass
    said = str(caught.value)
    assert f"(process {other.pid} of " in said
    assert " since 2" in said
    assert f"{Path(sys.executable).name} -c import sys" in said


def test_who_waits_is_told_for_whom_and_gets_the_lock_afterwards(repository: Path) -> None:
    told = []
    with holder(repository, shared=False) as other:

        def end_it(sentence: str) -> None:
            told.append(sentence)
            other.kill()

        with machine_lock(wait=end_it):
            pass
    assert len(told) == 1
    assert f"process {other.pid}" in told[0]


def test_who_need_not_wait_is_told_nothing() -> None:
    told: list[str] = []
    with machine_lock(wait=told.append):
        pass
    assert told == []


def test_a_killed_holder_frees_the_lock(repository: Path) -> None:
    with holder(repository, shared=False) as other:
        other.kill()
        other.wait(20)
        with machine_lock():
            pass


def test_the_lock_is_free_after_an_error_and_can_be_taken_again() -> None:
    with pytest.raises(ZeroDivisionError), machine_lock():
        raise ZeroDivisionError
    with machine_lock():
        pass


def test_a_program_does_not_inherit_the_lock(own_lock: Path) -> None:
    with machine_lock():
        ours = {os.path.realpath(f"/proc/self/fd/{fd}") for fd in os.listdir("/proc/self/fd")}
        paths = "[os.path.realpath(f'/proc/self/fd/{fd}') for fd in os.listdir('/proc/self/fd')]"
        theirs = subprocess.run(
            [sys.executable, "-S", "-c", f"import os; print({paths})"],
            close_fds=False,
            stdout=subprocess.PIPE,
            timeout=300,
            check=True,
        ).stdout
    assert str(own_lock) in ours
    assert str(own_lock).encode() not in theirs


@pytest.mark.parametrize("mask", [0o077, 0o777, 0o000])
def test_all_users_can_read_the_lock_whatever_the_umask(own_lock: Path, mask: int) -> None:
    before = os.umask(mask)
    try:
        with machine_lock():
            pass
        assert os.umask(mask) == mask
    finally:
        os.umask(before)
    assert stat.S_IMODE(own_lock.stat().st_mode) == 0o644


def test_a_temporary_folder_of_ones_own_does_not_move_the_lock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(LOCK_VARIABLE)
    before = lock_file()
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    assert lock_file() == before
    assert before.name == "awaitbench.lock"


def test_the_lock_lies_where_all_may_make_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(LOCK_VARIABLE)
    for name, mode in (("closed", 0o755), ("open", 0o1777)):
        (tmp_path / name).mkdir()
        (tmp_path / name).chmod(mode)
    folders = [tmp_path / name for name in ("absent", "closed", "open")]
    monkeypatch.setattr(lock, "_FOLDERS", folders)
    assert lock_file() == tmp_path / "open" / "awaitbench.lock"
    monkeypatch.setattr(lock, "_FOLDERS", folders[:2])
    with pytest.raises(MissingError, match=f"set {LOCK_VARIABLE}"):
        lock_file()


@pytest.mark.parametrize("kind", ["absent/lock", "link"])
def test_a_lock_that_cannot_be_opened_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    (tmp_path / "link").symlink_to("elsewhere")
    monkeypatch.setenv(LOCK_VARIABLE, str(tmp_path / kind))
    with pytest.raises(MissingError, match=f"set {LOCK_VARIABLE}"), machine_lock():
        pass
