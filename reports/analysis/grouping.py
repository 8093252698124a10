"""Which workloads may share a table: those in which the same contenders take part."""

from dataclasses import dataclass

from reports.analysis.summary import planned_contenders
from results.format import RunFile


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """Workloads of one set, and the contenders that take part in each of them."""

    set: str
    workloads: tuple[str, ...]
    contenders: tuple[str, ...]


def shared_tables(run: RunFile) -> tuple[Shared, ...]:
    """The run's workloads by set and contenders, in the order of run.json.

    A workload in which no contender of the run takes part is in none of them.
    """
    planned = planned_contenders(run)
    found: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for workload in run["workloads"]:
        contenders = tuple(planned[workload["name"]])
        if contenders:
            found.setdefault((workload["set"], contenders), []).append(workload["name"])
    return tuple(
        Shared(set=name, workloads=tuple(workloads), contenders=contenders)
        for (name, contenders), workloads in found.items()
    )


def without_contenders(run: RunFile) -> tuple[str, ...]:
    """The workloads in which no contender of the run takes part."""
    return tuple(name for name, contenders in planned_contenders(run).items() if not contenders)
