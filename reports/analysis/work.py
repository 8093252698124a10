"""What the run's own declarations of its families say of its workloads."""

import math
from collections.abc import Mapping

from results.format import FamilyPlan, RunFile, WorkloadPlan

# A float holds every integer up to here exactly, and no workload comes near.
_LARGEST_SIZE = 2**53


def family_of(run: RunFile, workload: WorkloadPlan) -> FamilyPlan:
    """The declaration of the workload's family, which every readable run has."""
    return next(family for family in run["families"] if family["name"] == workload["family"])


def items_of(family: FamilyPlan, workload: WorkloadPlan) -> int | None:
    """How many items one iteration has; None where the parameters do not say."""
    sizes = [whole(workload, name) for name in family["size"]]
    items = math.prod(size or 0 for size in sizes)
    return items if 0 < items <= _LARGEST_SIZE else None


def items_apart(run: RunFile, workload: WorkloadPlan) -> int:
    """By how many items an iteration's time is divided where it is shown.

    One in a network, where items are under way at once, and where the parameters do not say.
    """
    family = family_of(run, workload)
    return 1 if family["network"] or family["overlap"] else items_of(family, workload) or 1


def whole(workload: WorkloadPlan, name: str) -> int | None:
    """A positive integer among the parameters; None where it is anything else."""
    value = workload["params"].get(name)
    return value if type(value) is int and 0 < value <= _LARGEST_SIZE else None


def has_network(run: RunFile, workload: WorkloadPlan) -> bool:
    """Whether the workload's records hold pings, which the origin saw."""
    return family_of(run, workload)["network"]


def families_of(run: RunFile) -> Mapping[str, tuple[WorkloadPlan, ...]]:
    """The run's families without a network, each with its workloads, both in the run's order."""
    found: dict[str, list[WorkloadPlan]] = {}
    for workload in run["workloads"]:
        if not has_network(run, workload):
            found.setdefault(workload["family"], []).append(workload)
    return {family: tuple(workloads) for family, workloads in found.items()}


def free_cpus(run: RunFile) -> list[int]:
    """The CPUs of a program without a network: no origin works beside it, so it had them all."""
    return sorted({*run["placement"]["programs"], *run["placement"]["harness"]})
