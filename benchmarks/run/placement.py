"""Which CPUs the harness and the origin have, and which the programs."""

import os
from dataclasses import dataclass

from results.errors import UsageError

MODES = ("split", "shared")


@dataclass(frozen=True, slots=True, kw_only=True)
class CpuPlacement:
    """CPU numbers of both sides; the same where they are shared."""

    mode: str
    harness: frozenset[int]
    programs: frozenset[int]


def place(mode: str | None) -> CpuPlacement:
    """Return the placement asked for, or the one that suits this machine.

    `split` gives the last CPU to the origin and harness and the others to the ping programs, so
    that they do not take each other's time; it needs two CPUs. `shared` gives all to both.
    """
    cpus = sorted(os.sched_getaffinity(0))
    if mode is None:
        mode = "split" if len(cpus) > 1 else "shared"
    if mode == "split":
        if len(cpus) < 2:
            raise UsageError("--placement split needs two CPUs and this process has one.")
        return CpuPlacement(mode=mode, harness=frozenset(cpus[-1:]), programs=frozenset(cpus[:-1]))
    return CpuPlacement(mode=mode, harness=frozenset(cpus), programs=frozenset(cpus))
