"""What else the machine did while a run measured: a canary before each group, and pressure.

Neither changes a figure. They tell which blocks were measured beside something else.
"""

import hashlib
import re
import time
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from benchmarks.run.placement import on_cpus
from results.files import text_of

_CANARY_ROUNDS = 40_000  # about 10 ms
_KINDS = ("cpu", "io", "memory")
_TOTAL = re.compile(r"^some .*\btotal=(\d+)", re.MULTILINE)


def canary_ns(programs: Collection[int]) -> int:
    """Return how long a fixed computation takes on the programs' CPUs, where nothing runs now.

    It fits the first cache and asks for no memory, so that only a slower clock, or somebody else on
    that CPU, makes it take longer.
    """
    with on_cpus(programs):
        start = time.monotonic_ns()
        hashlib.pbkdf2_hmac("sha256", b"canary", b"", _CANARY_ROUNDS)
        return time.monotonic_ns() - start


@dataclass(frozen=True, slots=True, kw_only=True)
class Waits:
    """For how long (µs), up to a moment (ns), something waited for each resource, since the boot.

    None where the kernel does not tell.
    Source: Linux, Documentation/accounting/psi.rst, the totals of `some`.
    """

    at_ns: int
    totals: dict[str, int] | None

    @classmethod
    def now(cls, folder: Path = Path("/proc/pressure")) -> "Waits":
        """Read the clock and the kernel's totals."""
        found = {kind: _TOTAL.search(text_of(folder / kind)) for kind in _KINDS}
        totals = {kind: int(total[1]) for kind, total in found.items() if total}
        return cls(at_ns=time.monotonic_ns(), totals=totals or None)

    def shares_until(self, later: "Waits") -> dict[str, float] | None:
        """Return in which share of the time something waited for each resource, or None."""
        if self.totals is None or later.totals is None:
            return None
        passed_us = max(later.at_ns - self.at_ns, 1) / 1e3
        return {
            kind: round(min((later.totals[kind] - before) / passed_us, 1.0), 4)
            for kind, before in self.totals.items()
            if kind in later.totals
        }
