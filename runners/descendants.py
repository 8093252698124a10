"""Processes that a program started: found, metered, and ended with it.

The harness makes itself their subreaper, so that a child whose parent ended, in whatever
session, becomes the harness's own child and can still be found.
"""

import ctypes
import os
import signal
import time
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

import psutil

from results.errors import MissingError
from results.files import text_of

_PR_SET_CHILD_SUBREAPER = 36
_KILL_LIMIT_S = 5.0
_TRIES = 10
# psutil hands on the kernel's own word where a process goes just while it is read.
_GONE = (psutil.NoSuchProcess, FileNotFoundError, ProcessLookupError)


def become_subreaper() -> None:
    """Adopt orphaned descendants of this process from now on. Raises MissingError."""
    try:
        children()
    except (psutil.Error, OSError, RuntimeError) as error:
        raise MissingError(
            "/proc does not show this process's children, which a run must be able to end; mount "
            "/proc, or run outside of the sandbox."
        ) from error
    if ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) != 0:
        raise MissingError(
            "This kernel does not let a process adopt its orphans (prctl PR_SET_CHILD_SUBREAPER); "
            "Linux 3.4 or later is needed."
        )


def children() -> frozenset[int]:
    """Return the ids of this process's own children, living or not yet waited for."""
    return frozenset(child.pid for child in _children(psutil.Process()))


def tree(pid: int) -> list[int]:
    """Return `pid` and its living descendants; empty when it is gone."""
    try:
        return [pid, *(child.pid for child in _children(psutil.Process(pid), recursive=True))]
    except _GONE:
        return []


def strays(known: Collection[int]) -> list[psutil.Process]:
    """Return living descendants of this process that do not descend from `known` children.

    Those that have ended are reaped on the way.
    """
    found: list[psutil.Process] = []
    for child in _children(psutil.Process()):
        if child.pid in known:
            continue
        try:
            if child.status() == psutil.STATUS_ZOMBIE:
                os.waitpid(child.pid, os.WNOHANG)
            else:
                found += [child, *_children(child, recursive=True)]
        except (*_GONE, ChildProcessError):
            continue
    return found


def _children(process: psutil.Process, *, recursive: bool = False) -> list[psutil.Process]:
    """Ask again where one of them went meanwhile. Raises OSError where /proc is hidden."""
    for left in reversed(range(_TRIES)):
        try:
            found: list[psutil.Process] = process.children(recursive=recursive)
        except (FileNotFoundError, ProcessLookupError):
            if not left:
                raise
        else:
            break
    return found


def name_of(process: psutil.Process) -> str:
    """Return a process's name, or its id when it has gone meanwhile."""
    try:
        return str(process.name())
    except _GONE:
        return f"process {process.pid}"


def kill_strays(known: Collection[int]) -> None:
    """End every stray and wait for it; repeated, since a stray may be just forking."""
    deadline = time.monotonic() + _KILL_LIMIT_S
    while (left := strays(known)) and time.monotonic() < deadline:
        for process in left:
            try:
                process.send_signal(signal.SIGKILL)
            except _GONE:
                continue
        time.sleep(0.002)


def cpu_clock_ns(pid: int) -> int | None:
    """Return the CPU time, all threads, that process `pid` has used; None when it is gone.

    Source: clock_getcpuclockid(3); the clock id of a process is (~pid << 3) | 2 on Linux.
    """
    try:
        return time.clock_gettime_ns((~pid << 3) | 2)
    except OSError:
        return None


def cpu_of_tree_ns(pid: int) -> int | None:
    """Return the CPU time of `pid` and its living descendants; None when `pid` is gone."""
    own = cpu_clock_ns(pid)
    if own is None:
        return None
    return own + sum(cpu_clock_ns(child) or 0 for child in tree(pid)[1:])


def waited_for_cpu_ns(pid: int) -> int:
    """Return how long any one thread of `pid` or a descendant was ready and had no CPU, at most.

    0 where nothing says. Source: Linux, sched-stats (/proc/PID/task/TID/schedstat, second number).
    """
    waited = [0]
    for process in tree(pid):
        for file in _schedstats(process):
            with suppress(OSError, IndexError, ValueError):  # it ended, or the kernel keeps none
                waited.append(int(file.read_text().split()[1]))
    return max(waited)


def _schedstats(pid: int) -> list[Path]:
    with suppress(OSError):  # a process may end between glob's two looks at its folder
        return list(Path(f"/proc/{pid}/task").glob("*/schedstat"))
    return []


def peak_memory_bytes(pid: int) -> int | None:
    """Return the peak resident memory (VmHWM) of `pid` and its living descendants, summed.

    Not wait4's ru_maxrss: a child inherits that from the process that forked it.
    """
    readings = [_high_water_mark(process) for process in tree(pid)]
    known = [reading for reading in readings if reading is not None]
    return sum(known) if known else None


def _high_water_mark(pid: int) -> int | None:
    for line in text_of(Path(f"/proc/{pid}/status")).splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024
    return None
