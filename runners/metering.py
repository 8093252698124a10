"""What an invocation is metered by: CPU time since its job, and peak memory."""

from typing import NamedTuple

from runners import descendants


class Metered(NamedTuple):
    """CPU times of a program's processes and of its companion, ns, and peak memory, bytes."""

    cpu_ns: int | None
    companion_cpu_ns: int | None
    peak_rss_bytes: int | None


class Meter:
    """Reads the clocks of a program and its descendants, and of a companion (the origin)."""

    def __init__(self, pid: int, companion: int | None) -> None:
        self._pid, self._companion = pid, companion
        self._cpu_before = self._companion_before = 0

    def start(self) -> None:
        """Read what was used before the job."""
        self._cpu_before = descendants.cpu_of_tree_ns(self._pid) or 0
        if self._companion is not None:
            self._companion_before = descendants.cpu_clock_ns(self._companion) or 0

    def read(self) -> Metered:
        """Read what the job used; None where the kernel does not say."""
        cpu = descendants.cpu_of_tree_ns(self._pid)
        peak = descendants.peak_memory_bytes(self._pid)
        companion = None if self._companion is None else descendants.cpu_clock_ns(self._companion)
        return Metered(
            None if cpu is None else cpu - self._cpu_before,
            None if companion is None else companion - self._companion_before,
            peak,
        )
