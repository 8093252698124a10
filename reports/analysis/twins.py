"""Two contenders that make the same calls in two styles: a second null arm, which costs nothing."""

from collections.abc import Iterator, Sequence
from typing import TypedDict

from reports.analysis.verdict_rows import ComparisonRow
from reports.analysis.verdicts import Verdict
from results.format import RunFile

_PROVEN = frozenset({Verdict.A_FASTER.value, Verdict.B_FASTER.value})


class TwinRow(TypedDict):
    """A pair of twins in a workload: the figures of its comparison on the quantity that decides.

    `alarm`: they are proven apart, and their interval lies beyond the run's margin.
    """

    workload: str
    a: str
    b: str
    ratio: float
    low: float | None
    high: float | None
    alarm: bool


def twin_rows(run: RunFile, comparisons: Sequence[ComparisonRow]) -> Iterator[TwinRow]:
    """Yield a row for each pair of twins and workload with a ratio; `comparisons` are all of the run."""
    twins = {frozenset({c["id"], c["twin"]}) for c in run["contenders"] if "twin" in c}
    for row in comparisons:
        if frozenset({row["a"], row["b"]}) in twins and row["verdict"] and row["ratio"] is not None:
            low, high = row["low"], row["high"]
            beyond = (
                low is not None
                and high is not None
                and (low > 1 + run["delta"] or high < 1 / (1 + run["delta"]))
            )
            yield TwinRow(
                workload=row["workload"],
                a=row["a"],
                b=row["b"],
                ratio=row["ratio"],
                low=low,
                high=high,
                alarm=beyond and row["verdict"] in _PROVEN,
            )
