"""Files of a run, opened without trusting them and replaced whole or not at all; and the system's."""

import os
import stat
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from results.errors import UnreadableRun


def replace(file: Path, text: str) -> None:
    """Write to a new file beside it, flush it to disk, then rename it. Raises OSError."""
    descriptor, name = tempfile.mkstemp(prefix=f".{file.name}.", dir=file.parent)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", errors="replace") as stream:
            stream.write(text)
            stream.flush()
            with suppress(OSError):  # a network share may have no modes, which are cosmetic
                os.fchmod(stream.fileno(), 0o644)
            os.fsync(stream.fileno())
        os.replace(name, file)
    except BaseException:
        os.unlink(name)
        raise


def opened(file: Path) -> BinaryIO:
    """Open a regular file of the run for reading, never a link, a pipe or a device."""
    try:
        descriptor = os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except (OSError, ValueError) as error:
        reason = "is missing" if isinstance(error, FileNotFoundError) else "cannot be read"
        raise UnreadableRun(f"{file} {reason}: name the folder of a run.") from error
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise UnreadableRun(f"{file} is not a regular file: name the folder of a run.")
    return os.fdopen(descriptor, "rb")


def bytes_of(file: Path, most: int) -> bytes:
    """Return what a regular file holds, cut off after `most` bytes. Raises UnreadableRun or OSError."""
    with opened(file) as stream:
        # A buffer of `most` bytes for each of a thousand small files takes longer than they do.
        return stream.read(min(most, os.fstat(stream.fileno()).st_size + 1))


def text_of(file: Path) -> str:
    """Return what a file of the system says, stripped; "" where it is hidden."""
    try:
        return file.read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return ""
