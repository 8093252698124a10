"""What each contender's speed costs, and who is both slower and dearer than another one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reports.analysis.amounts import Amount
from reports.analysis.analysed import Analysis
from results.format import WorkloadPlan


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """One contender's time (ns) and one of its costs, in that one's unit.

    `beaten`: another one of the workload is at once faster and cheaper, by the estimates.
    """

    contender: str
    time: Amount
    cost: Amount
    beaten: bool


def costs_of(analysis: Analysis, workload: WorkloadPlan, metric: str) -> tuple[Cost, ...]:
    """Everybody who has both figures, the fastest first; tiers are not told apart."""
    return tuple(_costs(list(_pairs(analysis, workload["name"], metric))))


def _pairs(analysis: Analysis, workload: str, metric: str) -> Iterator[tuple[str, Amount, Amount]]:
    for place in sorted(analysis.places(workload), key=lambda place: place.time.value):
        cost = analysis.estimate(workload, place.contender, metric)
        if cost is not None:
            yield place.contender, place.time, cost


def _costs(pairs: Sequence[tuple[str, Amount, Amount]]) -> Iterator[Cost]:
    least = float("inf")
    for contender, time, cost in pairs:
        yield Cost(contender=contender, time=time, cost=cost, beaten=cost.value > least)
        least = min(least, cost.value)
