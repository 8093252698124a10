"""A time limit that a program would keep on a machine of its own."""

from runners import descendants

_DIFFERENCE_NS = 10_000_000


class Deadline:
    """The moment at which a limit has passed for process `pid`; `until_ns` cuts it short.

    What the process was ready for and had no CPU can be added, up to twice the limit: that others
    keep the machine busy is no fault of its own.
    """

    def __init__(self, pid: int, from_ns: int, seconds: float, until_ns: int | None) -> None:
        self._pid, self._from_ns, self._seconds, self._until_ns = pid, from_ns, seconds, until_ns
        self._waited_ns = descendants.waited_for_cpu_ns(pid)
        self.ns = self._after(seconds)

    def extend(self) -> bool:
        """Add what was waited for a CPU; tell whether that makes a difference."""
        waited_s = (descendants.waited_for_cpu_ns(self._pid) - self._waited_ns) / 1e9
        before = self.ns
        self.ns = self._after(self._seconds + min(max(waited_s, 0.0), 2 * self._seconds))
        return self.ns - before > _DIFFERENCE_NS

    def _after(self, seconds: float) -> int:
        end = self._from_ns + int(seconds * 1e9)
        return end if self._until_ns is None else min(end, self._until_ns)
