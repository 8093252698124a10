"""The CPUs that programs may use here: those this process may run on, and how much of them."""

import math
import os
from collections.abc import Iterator
from pathlib import Path

from results.files import text_of
from runners import cgroups


def allowed() -> frozenset[int]:
    """Return the CPUs that this process may run on; all that there are, where none will say."""
    try:
        return frozenset(os.sched_getaffinity(0))
    except (AttributeError, OSError):  # other systems than Linux lack the call
        return frozenset(range(os.cpu_count() or 1))


def can_pin() -> bool:
    """Tell whether processes may be pinned to CPUs here, which a sandbox can refuse."""
    try:
        os.sched_setaffinity(0, os.sched_getaffinity(0))
    except (AttributeError, OSError):
        return False
    return True


def core_of(cpu: int, root: Path = Path("/")) -> frozenset[int]:
    """Return the CPUs that are threads of the same core as `cpu`, itself included.

    Itself alone where the kernel does not say. Source: Linux, thread_siblings_list, as "0,4" or "0-1".
    """
    listed = text_of(root / f"sys/devices/system/cpu/cpu{cpu}/topology/thread_siblings_list")
    threads = {cpu}
    for part in listed.split(","):
        first, _, last = part.strip().partition("-")
        if first.isdigit() and (last or first).isdigit():
            threads.update(range(int(first), int(last or first) + 1))
    return frozenset(threads)


def usable() -> int:
    """Return how many CPUs programs can be at work on at once, a started one counted whole."""
    granted = quota()
    count = len(allowed())
    return count if granted is None else max(1, min(count, math.ceil(granted)))


def quota(root: Path = Path("/")) -> float | None:
    """Return the CPUs that control groups grant: the least of our own group and all above it.

    None where none limits us, or none can be read.
    Source: Linux, cgroup-v2 (cpu.max) and cgroup-v1 (cpu.cfs_quota_us, cpu.cfs_period_us).
    """
    return min(
        (grant for folder in cgroups.folders("cpu", root) for grant in _grants(folder)),
        default=None,
    )


def _grants(folder: Path) -> Iterator[float]:
    limit, _, period = text_of(folder / "cpu.max").partition(" ")
    pairs = (
        (limit, period),
        (text_of(folder / "cpu.cfs_quota_us"), text_of(folder / "cpu.cfs_period_us")),
    )
    for limit, period in pairs:  # "max" and -1 stand for no limit
        if limit.isdigit() and period.isdigit() and int(limit) > 0 and int(period) > 0:
            yield int(limit) / int(period)
