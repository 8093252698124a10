"""What measuring takes of this machine, and whether its limits let us have that.

Soft limits are raised, before anything is started, so that harness, origin, builds and all programs
have the same.
"""

import math
import os
import re
import resource
import threading
from _thread import start_new_thread
from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path

from results.errors import RefusedError
from results.files import text_of
from runners import cgroups, cpus

_PORTS = Path("/proc/sys/net/ipv4/ip_local_port_range")
_MEMORY = "proc/meminfo"
_MIB = 2**20
# Runtimes reserve far more addresses than they use: .NET starts with 2 GB of them, but not with 1.
_RESERVED = 4096 * _MIB
_CPU_S = 600
_STACK = 64 * 1024


def _tasks() -> int:
    return 96 + 4 * cpus.usable()  # a runtime's own threads, and pools of one or two per CPU


@dataclass(frozen=True, slots=True, kw_only=True)
class Needs:
    """What harness, origin and one program take at most, toolchains and start-up included.

    `descriptors` are those of one process, `tasks` processes and threads of all together, `ports`
    those that clients need towards one site, `file_bytes` the size of the largest file.
    """

    descriptors: int = 256  # toolchains are greediest: `dotnet` fails with 100
    tasks: int = 0
    ports: int = 0
    memory_bytes: int = 256 * _MIB
    file_bytes: int = 64 * _MIB

    def __or__(self, other: "Needs") -> "Needs":
        """Return what suffices for either."""
        return Needs(
            **{f.name: max(getattr(self, f.name), getattr(other, f.name)) for f in fields(self)}
        )


def insist_on(needs: Needs) -> None:
    """Raise our own limits as far as needed. Raises RefusedError where that is not far enough."""
    short = "; ".join(shortages(needs))
    if short:
        raise RefusedError(
            f"This machine's limits are too low: {short}. Raise them (`ulimit -Ha` shows them), or "
            "end what else runs here."
        )


def shortages(needs: Needs) -> Iterator[str]:
    """Raise our own limits as far as needed; yield what is still too little, with both numbers."""
    had = _raised(resource.RLIMIT_NOFILE, needs.descriptors)
    if had < needs.descriptors:
        yield f"{needs.descriptors} open files a process are needed, `ulimit -n` allows {had}"
    wanted = max(needs.tasks, _tasks())
    _raised(resource.RLIMIT_NPROC, math.inf)
    if (count := _tasks_to_be_had(wanted)) < wanted:
        yield f"{wanted} processes and threads are needed, {count} can be had"
    addresses = _RESERVED + needs.memory_bytes
    for limit, option in ((resource.RLIMIT_AS, "-v"), (resource.RLIMIT_DATA, "-d")):
        if (granted := _raised(limit, addresses)) < addresses:
            yield (
                f"{_mb(addresses)} of addresses a process are needed, `ulimit {option}` allows "
                f"{_mb(granted)}"
            )
    if (seconds := _raised(resource.RLIMIT_CPU, math.inf)) < _CPU_S:
        yield f"{_CPU_S} s of CPU time a process are needed, `ulimit -t` allows {seconds:.0f} s"
    if (size := _raised(resource.RLIMIT_FSIZE, needs.file_bytes)) < needs.file_bytes:
        yield f"files of {_mb(needs.file_bytes)} are needed, `ulimit -f` allows {_mb(size)}"
    free = memory_free()
    if free is not None and free < needs.memory_bytes:
        yield f"{_mb(needs.memory_bytes)} of memory are needed, {_mb(free)} are free"
    ports = _ports()
    if ports is not None and ports < needs.ports:
        yield f"{needs.ports} ports of clients are needed, {_PORTS} has {ports}"


def _raised(limit: int, wanted: float) -> float:
    """Raise a soft limit to `wanted`, or as far as may be; return what it is then."""
    soft, hard = resource.getrlimit(limit)
    if _number(soft) >= wanted:
        return _number(soft)
    aim = min(wanted, _number(hard))
    try:
        resource.setrlimit(limit, (hard if aim == _number(hard) else int(aim), hard))
    except (OSError, ValueError):  # a sandbox may not let us
        return _number(soft)
    return aim


def _number(limit: int) -> float:
    return math.inf if limit == resource.RLIM_INFINITY else limit


def _tasks_to_be_had(wanted: int) -> int:
    """Return how many threads a process of ours gets at once, `wanted` at most.

    They are tried, since who counts tasks, and against what, differs: users, control groups, the
    kernel.
    """
    ours, theirs = os.pipe()
    try:
        child = os.fork()
    except OSError:
        child = None
    if child == 0:
        count, closed = 0, threading.Lock()
        try:
            closed.acquire()
            threading.stack_size(_STACK)
            while count < wanted:
                start_new_thread(closed.acquire, ())
                count += 1
        finally:
            os.write(theirs, str(count).encode())
            os._exit(0)
    os.close(theirs)
    with open(ours, "rb") as answer:
        said = answer.read()
    if child is not None:
        os.waitpid(child, 0)
    return int(said or 0)


def memory_free(root: Path = Path("/")) -> int | None:
    """Return how many bytes can be had here without harm; None where nothing says.

    Source: Linux, proc(5) (MemAvailable), cgroup-v2 (memory.max), cgroup-v1 (memory.limit_in_bytes).
    """
    free = [found for folder in cgroups.folders("memory", root) for found in _granted(folder)]
    if found := re.search(r"^MemAvailable: +(\d+) kB$", text_of(root / _MEMORY), re.M):
        free.append(int(found[1]) * 1024)
    return min(free, default=None)


def _granted(folder: Path) -> Iterator[int]:
    """Yield what a control group still lets us have; the kernel takes back cached files."""
    for limit, used in (("max", "current"), ("limit_in_bytes", "usage_in_bytes")):
        texts = [text_of(folder / f"memory.{name}") for name in (limit, used)]
        if all(map(str.isdigit, texts)):
            stat = text_of(folder / "memory.stat")
            cached = re.search(r"^(?:total_)?inactive_file (\d+)$", stat, re.M)
            yield max(0, int(texts[0]) - int(texts[1]) + (int(cached[1]) if cached else 0))


def _ports() -> int | None:
    try:
        low, high = map(int, _PORTS.read_text().split())
    except (OSError, ValueError):
        return None
    return high - low + 1


def _mb(size: float) -> str:
    return f"{size / 1e6:.0f} MB" if size >= 1e7 else f"{size / 1e6:.2g} MB"
