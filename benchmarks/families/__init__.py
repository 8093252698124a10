"""Workloads: tasks with fixed parameters that every contender performs in the same way.

A family's workloads stand in one module, with the pilots that their sizes come from.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path

from benchmarks.families import semantics
from benchmarks.families._checksum import WorkFamily
from benchmarks.families.await_set import AWAIT_WORKLOADS
from benchmarks.families._model import Workload
from benchmarks.families.ping import PING_WORKLOADS
from benchmarks.ping import record as ping
from results.older import declarations
from runners.discovery import ROOT, Discovery, discover
from runners.records import Records

WORKLOADS: tuple[Workload, ...] = (*PING_WORKLOADS, *AWAIT_WORKLOADS)
DEFAULT_SET = "ping"

WORK_FAMILIES: Mapping[str, WorkFamily] = {
    "timers": WorkFamily(bound="delay_ns"),
    "await-completed": WorkFamily(),
    "await-suspended": WorkFamily(),
    "spawn-join": WorkFamily(),
    "state-machine": WorkFamily(),
    "dummy-loop": WorkFamily(per_item=2),
    "value-task": WorkFamily(extra=frozenset({"allocated_bytes"})),
    "styles": WorkFamily(),
    "cancel": WorkFamily(),
    "blocking": WorkFamily(bound="block_ns"),
    "parallel-cpu": WorkFamily(rounds="rounds"),
}
FAMILIES: Mapping[str, Records] = {
    "ping": ping,
    **WORK_FAMILIES,
    semantics.FAMILY: semantics,
}
TIERED = frozenset({"ping"})  # the families whose contenders state a tier

__all__ = [
    "DEFAULT_SET",
    "FAMILIES",
    "WORKLOADS",
    "WORK_FAMILIES",
    "Workload",
    "declarations",
    "discover_runners",
    "longest",
    "matching",
    "names",
    "smallest",
]


def discover_runners(folders: Iterable[Path] = (), root: Path = ROOT) -> Discovery:
    """Find the runners below `root` and in `folders`, as every command sees them."""
    return discover(folders, root, tiered=TIERED)


def names() -> list[str]:
    """Return what `--workload` takes: workloads, families and sets."""
    found = [w.name for w in WORKLOADS] + [w.family for w in WORKLOADS] + [w.set for w in WORKLOADS]
    return list(dict.fromkeys(found))


def matching(wanted: Iterable[str]) -> list[Workload]:
    """Return the workloads that are, or belong to, one of `wanted`, in their fixed order."""
    chosen = set(wanted)
    return [w for w in WORKLOADS if chosen & {w.name, w.family, w.set}]


def longest(family: str, profile: str) -> int:
    """Return the most iterations that a profile asks of a family's programs."""
    return max(
        w.lengths[profile].iterations
        for w in WORKLOADS
        if w.family == family and profile in w.lengths
    )


def smallest(family: str) -> Workload:
    """Return the workload with which a family's programs are examined: its first."""
    return next(w for w in WORKLOADS if w.family == family)
