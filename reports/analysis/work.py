"""Workloads without a network: how large one is, and which belong together."""

from collections.abc import Mapping

from results.format import RunFile, WorkloadPlan

# A float holds every integer up to here exactly, and no workload comes near.
_LARGEST_SIZE = 2**53


def size_of(workload: WorkloadPlan) -> int | None:
    """How many items one iteration has; None where the workload has pings, or names no size."""
    return None if workload["family"] == "ping" else whole(workload, "size")


def whole(workload: WorkloadPlan, name: str) -> int | None:
    """A positive integer among the parameters; None where it is anything else."""
    value = workload["params"].get(name)
    return value if type(value) is int and 0 < value <= _LARGEST_SIZE else None


def families_of(run: RunFile) -> Mapping[str, tuple[WorkloadPlan, ...]]:
    """The run's families without a network, each with its workloads, both in the run's order."""
    found: dict[str, list[WorkloadPlan]] = {}
    for workload in run["workloads"]:
        if size_of(workload) is not None:
            found.setdefault(workload["family"], []).append(workload)
    return {family: tuple(workloads) for family, workloads in found.items()}
