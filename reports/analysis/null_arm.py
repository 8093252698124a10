"""One contender of a workload against itself: what no difference looks like on this machine."""

from typing import TypedDict

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from reports.analysis.intervals import walsh_averages
from reports.analysis.signed_rank import interval
from results.format import AGAIN, RunFile, decisive_metric

Floats = NDArray[np.float64]

# Four intervals a run, of which any that excludes 1 raises the alarm.
LEVEL = 1 - 0.05 / 4
_FEWEST = 8  # blocks: with fewer, not even the whole range of Walsh averages has that level


class NullRow(TypedDict):
    """The ratio of a contender's second invocation to its first, within blocks.

    `low` and `high` are its 98.75 % interval, null below eight blocks. `alarm`: that interval excludes 1.
    """

    workload: str
    contender: str
    ratio: float
    low: float | None
    high: float | None
    blocks: int
    alarm: bool


def null_rows(run: RunFile, values: pd.DataFrame) -> list[NullRow]:
    """Compare each workload's null arm with its contender; `values` are those of `block_values`."""
    decisive = {workload["name"]: decisive_metric(workload) for workload in run["workloads"]}
    rows = []
    for workload, contender in run["null_arm"].items():
        table = values[decisive[workload]].unstack("block")
        cells = [(workload, contender), (workload, f"{contender}{AGAIN}")]
        if all(cell in table.index for cell in cells):
            own, again = (np.log(table.loc[cell].to_numpy(dtype=np.float64)) for cell in cells)
            differences = again - own
            present = differences[~np.isnan(differences)]
            if present.size:
                rows.append(_row(workload, contender, present))
    return rows


def _row(workload: str, contender: str, differences: Floats) -> NullRow:
    averages, blocks = walsh_averages(differences), differences.size
    low = high = None
    if blocks >= _FEWEST:
        low, high = (float(np.exp(end)) for end in interval(averages, blocks, LEVEL))
    return NullRow(
        workload=workload,
        contender=contender,
        ratio=float(np.exp(np.median(averages))),
        low=low,
        high=high,
        blocks=blocks,
        alarm=low is not None and high is not None and not low <= 1 <= high,
    )
