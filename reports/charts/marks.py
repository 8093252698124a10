"""Which invocations ran while the machine was troubled: kept, counted, and drawn hollow."""

import math

from reports.frames import Frames
from reports.run_folder import RunFolder

# A fixed CPU loop that took this much longer than usual says that the CPU was not ours.
_SLOW_CANARY = 1.10
# Percent of the time in which something waited for a resource (Linux PSI, avg10).
_HIGH_PRESSURE = 10.0


def marked(folder: RunFolder, frames: Frames) -> frozenset[tuple[str, str, int]]:
    """The (workload, contender, block) with a slow canary or high pressure."""
    canaries = frames.invocations["canary_ns"].dropna()
    usual = float(canaries.median()) if len(canaries) else math.inf
    found = set()
    for record in folder.invocations:
        line = record.recorded
        canary, pressure = line["canary_ns"], line["pressure"] or {}
        slow = canary is not None and canary > _SLOW_CANARY * usual
        if slow or any(value > _HIGH_PRESSURE for value in pressure.values()):
            found.add((line["workload"], line["contender"], line["block"]))
    return frozenset(found)
