"""Whether a contender became slower than another one of the same run: what a CI asks."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from reports.analysis.analysed import Analysis
from reports.analysis.block_values import block_values
from reports.analysis.comparisons import Comparison, compare
from reports.analysis.intervals import Centre
from reports.analysis.steadiness import Pace
from reports.analysis.validity import InvalidRow
from reports.analysis.verdicts import Verdict
from results.format import Quantity, WorkloadPlan, decisive_metric, quantity_of
from results.plan import ALPHA, Pair


@dataclass(frozen=True, slots=True, kw_only=True)
class Gated:
    """One workload of a pair. `centre` is the new one's time over the base's, `p_adjusted` by max-T
    over the workloads of this pair alone; both None where there is nothing to compare.

    `broken` are the rules that the new one broke, where that made it invalid; `unsteady` names who
    of the two had no steady pace, and which; `contradicted`: both had one, and the halves of their
    windows prove opposite signs. `regressed`: the interval lies wholly beyond the
    margin, and p_adjusted is below 0.05. `visible`, as a ratio: a slowdown from which on an
    interval as wide as this one would lie beyond the margin.
    """

    workload: str
    quantity: Quantity
    centre: Centre | None
    p_adjusted: float | None
    broken: tuple[InvalidRow, ...]
    unsteady: tuple[tuple[str, Pace], ...]
    contradicted: bool
    regressed: bool
    visible: float | None

    @property
    def decided(self) -> bool:
        """Whether there is a verdict: something to compare, of two that had their pace."""
        unsteady = self.unsteady or self.contradicted
        return self.visible is not None and self.p_adjusted is not None and not unsteady


def gated(analysis: Analysis, base: str, new: str, margin: float) -> Iterator[Gated]:
    """Yield each workload in which both contenders (ids) were to take part, in the run's order.

    `margin` is a share: 0.05 lets pass what takes 1.05 times as long.
    """
    run, frames = analysis.run, analysis.frames
    both = [w for w in run["workloads"] if {base, new} <= {*_planned(analysis, w["name"])}]
    decisive = {workload["name"]: decisive_metric(workload) for workload in run["workloads"]}
    young_only = [name for name, metric in decisive.items() if metric != "real"]
    values = block_values(frames.invocations, frames.iterations, frames.pings, young_only)
    pairs = [
        Pair(workload=workload["name"], a=base, b=new, same_tier=True)
        for workload in both
        if not _broken(analysis, workload["name"], base, new)
    ]
    metrics = [*dict.fromkeys(decisive.values())]
    compared = {
        comparison.pair.workload: comparison
        for comparison in compare(values, pairs, metrics, decisive, run["seed"])
        if comparison.metric == decisive[comparison.pair.workload]
    }
    for workload in both:
        yield _gated(analysis, workload, base, new, compared.get(workload["name"]), margin)


def _gated(
    analysis: Analysis,
    workload: WorkloadPlan,
    base: str,
    new: str,
    comparison: Comparison | None,
    margin: float,
) -> Gated:
    found = None if comparison is None else comparison.centre
    p = None if comparison is None else comparison.p_adjusted
    unsteady = tuple(
        (row["contender"], Pace(row["pace"]))
        for row in analysis.summary["paces"]
        if row["workload"] == workload["name"]
        and row["contender"] in (base, new)
        and not Pace(row["pace"]).allows_verdict
    )
    contradicted = not unsteady and any(
        row["verdict"] == Verdict.NOT_STEADY.value
        for row in analysis.summary["comparisons"]
        if row["workload"] == workload["name"] and {row["a"], row["b"]} == {base, new}
    )
    wide = None if found is None else found.wide
    decided = wide is not None and p is not None and not (unsteady or contradicted)
    return Gated(
        workload=workload["name"],
        quantity=quantity_of(workload),
        centre=found,
        p_adjusted=p,
        broken=tuple(_broken(analysis, workload["name"], new)),
        unsteady=unsteady,
        contradicted=contradicted,
        regressed=bool(decided and wide and wide.low > 1 + margin and p is not None and p < ALPHA),
        visible=None if wide is None else (1 + margin) * math.sqrt(wide.high / wide.low),
    )


def _planned(analysis: Analysis, workload: str) -> Iterator[str]:
    for group in analysis.run["schedule"][0]:
        if group["workload"] == workload:
            yield from group["order"]


def _broken(analysis: Analysis, workload: str, *contenders: str) -> list[InvalidRow]:
    return [
        row
        for row in analysis.summary["invalid"]
        if row["workload"] == workload and row["contender"] in contenders
    ]
