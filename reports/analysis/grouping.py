"""Which workloads may share a table: those in which the same contenders take part."""

from collections.abc import Iterator

from reports.analysis.summary import planned_contenders
from results.format import RunFile


def shared_tables(run: RunFile) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """The run's workloads by set and contenders, in the order of run.json, with the contenders.

    A workload in which no contender of the run takes part is in none of them.
    """
    planned = planned_contenders(run)
    found: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for workload in run["workloads"]:
        if contenders := tuple(planned[workload["name"]]):
            found.setdefault((workload["set"], contenders), []).append(workload["name"])
    for (_, contenders), workloads in found.items():
        yield tuple(workloads), contenders
