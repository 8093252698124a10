"""One measuring process at a time on a machine: two would spoil each other's numbers."""

import fcntl
import os
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from results.errors import LockHeldError, MissingError
from results.files import text_of
from results.text import plain

LOCK_NAME = "awaitbench.lock"
LOCK_VARIABLE = "AWAITBENCH_LOCK"
# Every user of a machine finds the same one first, wherever their temporary files go.
_FOLDERS = (Path("/run/lock"), Path("/var/lock"), Path("/tmp"))
_COMMAND_LENGTH = 120


def lock_file() -> Path:
    """Return where the machine's lock lies: $AWAITBENCH_LOCK, or in a folder open to all users.

    Raises MissingError where there is no such folder.
    """
    if named := os.environ.get(LOCK_VARIABLE):
        return Path(named)
    for folder in _FOLDERS:
        if _is_open_to_all(folder):
            return folder / LOCK_NAME
    raise MissingError(
        f"None of {', '.join(map(str, _FOLDERS))} is open to all users, so there is no place for "
        f"the lock that keeps two runs apart; set {LOCK_VARIABLE} to a file for it."
    )


@contextmanager
def machine_lock(
    *, shared: bool = False, wait: Callable[[str], None] | None = None
) -> Iterator[None]:
    """Hold the machine's lock; the kernel frees it when this process ends, however it ends.

    A run holds it alone. `check` shares it with other checks, whose rules bear some noise.
    Where another process holds it, tells `wait` which and waits; without `wait`, raises
    LockHeldError.
    """
    path = lock_file()
    try:
        descriptor = _open(path)
    except OSError as error:
        raise MissingError(
            f"The lock {path} cannot be opened ({error.strerror}); have it removed by its owner, "
            f"while nothing measures, or set {LOCK_VARIABLE} to another file for all who measure."
        ) from error
    mode = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
    try:
        try:
            fcntl.flock(descriptor, mode | fcntl.LOCK_NB)
        except BlockingIOError:
            busy = f"Another awaitbench is measuring on this machine{_holders(descriptor)}"
            if wait is None:
                raise LockHeldError(
                    f"{busy}, and two would spoil each other's numbers; wait for it to end, or "
                    "give --wait."
                ) from None
            wait(f"{busy}; waiting for it to end.")
            fcntl.flock(descriptor, mode)
        yield
    finally:
        os.close(descriptor)


def _is_open_to_all(folder: Path) -> bool:
    try:
        mode = os.stat(folder).st_mode
    except OSError:
        return False
    # In such a folder only a read-only mount refuses access, and it does so to all users.
    return stat.S_ISDIR(mode) and mode & 0o1777 == 0o1777 and os.access(folder, os.W_OK)


def _holders(descriptor: int) -> str:
    """Return the processes that hold the lock, in brackets, as far as the kernel names them."""
    file = os.fstat(descriptor)
    place = f"{os.major(file.st_dev):02x}:{os.minor(file.st_dev):02x}:{file.st_ino}"
    rows = [line.split() for line in text_of(Path("/proc/locks")).splitlines()]
    # Number, kind, mode, access, process, place; the process is 0 where it is out of our sight,
    # and one that waits has an arrow after its number.
    found = sorted({int(row[4]) for row in rows if row[1] == "FLOCK" and row[5] == place} - {0})
    return f" ({'; '.join(map(_told, found))})" if found else ""


def _told(pid: int) -> str:
    """Return a process with its user, start and command, as far as they can be read."""
    try:
        process = psutil.Process(pid)
        since = time.strftime("%Y-%m-%d %H:%M", time.localtime(process.create_time()))
        user, command = process.username(), " ".join(" ".join(process.cmdline()).split())
    except (psutil.Error, OSError):
        return f"process {pid}"
    return plain(f"process {pid} of {user} since {since}: {command}", _COMMAND_LENGTH)


def _open(path: Path) -> int:
    # Another user's file in a sticky folder may be opened, but not with O_CREAT.
    flags = os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK
    try:
        return os.open(path, flags)
    except FileNotFoundError:
        mask = os.umask(0o022)  # readable by all, whatever our own files are to be
        try:
            return os.open(path, flags | os.O_CREAT, 0o644)
        finally:
            os.umask(mask)
