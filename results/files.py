"""Files that a reader sees whole or not at all."""

import os
import tempfile
from pathlib import Path


def replace(file: Path, text: str) -> None:
    """Write to a new file beside it, hand it to the disk, then rename. Raises OSError."""
    descriptor, name = tempfile.mkstemp(prefix=f".{file.name}.", dir=file.parent)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", errors="replace") as stream:
            stream.write(text)
            stream.flush()
            os.fchmod(stream.fileno(), 0o644)
            os.fsync(stream.fileno())
        os.replace(name, file)
    except BaseException:
        os.unlink(name)
        raise
