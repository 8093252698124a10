"""Block values of the contenders that have a number, as other tools take them."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reports.analysis.amounts import Amount
from reports.analysis.analysed import Analysis
from reports.analysis.block_values import block_values
from results.format import Quantity, decisive_metric, quantity_of

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Series:
    """A contender in a workload, on the quantity that verdicts are about.

    `values` are its block values in ns, shape (blocks,), those of blocks that it lost left out;
    `estimate` is what the report says of them, in ns.
    """

    workload: str
    contender: str
    label: str
    quantity: Quantity
    values: Floats
    estimate: Amount

    @property
    def name(self) -> str:
        """Workload, contender and quantity: no two of a run share it."""
        return f"{self.workload} {self.contender} ({self.quantity})"


def series_of(analysis: Analysis) -> Iterator[Series]:
    """Yield the series of everybody with a number, in the order of run.json."""
    run, frames = analysis.run, analysis.frames
    decisive = {workload["name"]: decisive_metric(workload) for workload in run["workloads"]}
    young_only = [name for name, metric in decisive.items() if metric != "real"]
    values = block_values(frames.invocations, frames.iterations, frames.pings, young_only)
    for workload in run["workloads"]:
        name, metric = workload["name"], decisive[workload["name"]]
        table = values[metric].unstack("block")
        for contender in run["contenders"]:
            estimate = analysis.estimate(name, contender["id"], metric)
            if estimate is not None and (name, contender["id"]) not in analysis.notes.unanswered:
                own = table.loc[name, contender["id"]].dropna()
                yield Series(
                    workload=name,
                    contender=contender["id"],
                    label=contender["label"],
                    quantity=quantity_of(workload),
                    values=own.to_numpy(dtype=np.float64),
                    estimate=estimate,
                )
