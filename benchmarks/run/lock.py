"""One measuring process at a time on a machine: two would spoil each other's numbers."""

import fcntl
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from results.errors import LockHeldError, MissingError

LOCK_NAME = "awaitbench.lock"


@contextmanager
def machine_lock(*, shared: bool = False) -> Iterator[None]:
    """Hold the machine's lock; the kernel frees it when this process ends, however it ends.

    A run holds it alone. `check` shares it with other checks, whose rules bear some noise.
    Raises LockHeldError at once when it is taken.
    """
    path = Path(tempfile.gettempdir(), LOCK_NAME)
    try:
        descriptor = _open(path)
    except OSError as error:
        raise MissingError(
            f"The lock {path.name} in the temporary folder cannot be opened ({error.strerror}); "
            "set TMPDIR to a folder that you can write."
        ) from error
    try:
        try:
            fcntl.flock(descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except BlockingIOError:
            raise LockHeldError(
                f"Another awaitbench is measuring on this machine{_holders(descriptor)}, and two "
                "would spoil each other's numbers; wait for it to end."
            ) from None
        yield
    finally:
        os.close(descriptor)


def _holders(descriptor: int) -> str:
    """Return the processes that hold the lock, in brackets, as far as the kernel names them."""
    file = os.fstat(descriptor)
    place = f"{os.major(file.st_dev):02x}:{os.minor(file.st_dev):02x}:{file.st_ino}"
    try:
        rows = [line.split() for line in Path("/proc/locks").read_text().splitlines()]
    except OSError:
        return ""
    # Number, kind, mode, access, process, place; the process is 0 where it is out of our sight.
    found = sorted({int(row[4]) for row in rows if row[1] == "FLOCK" and row[5] == place} - {0})
    if not found:
        return ""
    return f" ({'process' if len(found) == 1 else 'processes'} {', '.join(map(str, found))})"


def _open(path: Path) -> int:
    # Another user's file in a sticky folder may be opened, but not with O_CREAT.
    try:
        return os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        return os.open(path, os.O_RDONLY | os.O_CREAT | os.O_CLOEXEC, 0o644)
