"""A program's first moment, and whose fault it is when a call around it fails.

An error about the program's own file or folder is the program's fault; a lack of processes,
descriptors or memory is the machine's, and no program answers for it.
"""

import errno
import os
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from results.errors import InnerError, RefusedError
from runners.cpus import allowed

_MACHINE = frozenset(
    {errno.EAGAIN, errno.ENOMEM, errno.EMFILE, errno.ENFILE, errno.ENOSPC, errno.EINTR}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """How to start a program: argv, folder, environment and CPUs (None: all).

    `extra_headers` are what its manifest says that its requests hold beyond the contract's.
    """

    argv: tuple[str, ...]
    folder: Path
    environment: Mapping[str, str]
    cpus: frozenset[int] | None = None
    extra_headers: tuple[str, ...] = ()


class CannotStart(InnerError):
    """A program's file is missing, not to be executed, or of a kind that this kernel does not know."""


@contextmanager
def machine_calls() -> Iterator[None]:
    """Turn a failure of the harness's own calls around a program into RefusedError."""
    try:
        yield
    except (OSError, psutil.Error, MemoryError) as error:
        why = (error.strerror if isinstance(error, OSError) else None) or type(error).__name__
        if isinstance(error, OSError) and error.filename is not None:
            why = f"{why}: {error.filename}"
        raise RefusedError(
            f"This machine refused what the harness needs to run a program ({why}): end what else "
            "runs here, or raise the limits that `ulimit -a` shows."
        ) from error


def spawn(start: Start) -> "subprocess.Popen[bytes]":
    """Start a program with three pipes, in a session of its own.

    Raises CannotStart, or OSError where the machine does not let us.
    """
    # The child inherits our affinity. Borrowing its CPUs for the moment of the spawn keeps
    # subprocess on its quick path (vfork), which a function run in the child would not.
    own = allowed()
    borrowed = start.cpus if start.cpus and start.cpus != own else None
    if borrowed:
        os.sched_setaffinity(0, borrowed)
    try:
        return subprocess.Popen(
            start.argv,
            cwd=start.folder,
            env=dict(start.environment),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            bufsize=0,
            start_new_session=True,
        )
    except OSError as error:
        if error.errno in _MACHINE:
            raise
        raise CannotStart(error.strerror or str(error)) from error
    finally:
        if borrowed:
            os.sched_setaffinity(0, own)
