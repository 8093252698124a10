"""Ids of the page's sections: names in a run may hold anything, places may not."""

from reports.analysis.work import families_of
from results.format import RunFile, WorkloadPlan


def anchor(workload: WorkloadPlan, run: RunFile) -> str:
    """The id of a workload's section."""
    return f"workload-{run['workloads'].index(workload) + 1}"


def family_anchor(family: str, run: RunFile) -> str:
    """The id of a family's section."""
    return f"family-{list(families_of(run)).index(family) + 1}"
