"""One contender of a workload against itself: what no difference looks like on this machine."""

from typing import TypedDict

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from reports.analysis import max_t
from reports.analysis.intervals import walsh_averages
from reports.analysis.signed_rank import interval
from results.format import AGAIN, RunFile, decisive_metric

Floats = NDArray[np.float64]

# Four intervals a run, of which any that excludes 1 raises the alarm. Where a run has more of them,
# eight blocks could not reach the level, and max-T over all of them has to agree.
_ALPHA, _AT_LEVEL = 0.05, 4
LEVEL = 1 - _ALPHA / _AT_LEVEL
_FEWEST = 8  # blocks: with fewer, not even the whole range of Walsh averages has that level


class NullRow(TypedDict):
    """The ratio of a contender's second invocation to its first, within blocks.

    `low` and `high` are its 98.75 % interval, null below eight blocks. `alarm`: that interval
    excludes 1, and with more than four of them in a run its p, adjusted over all, is below 0.05.
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
    found: dict[tuple[str, str], Floats] = {}
    for workload, contender in run["null_arm"].items():
        table = values[decisive[workload]].unstack("block")
        cells = [(workload, contender), (workload, f"{contender}{AGAIN}")]
        if all(cell in table.index for cell in cells):
            own, again = (np.log(table.loc[cell].to_numpy(dtype=np.float64)) for cell in cells)
            if not np.isnan(again - own).all():
                found[workload, contender] = again - own
    chances = _chances([*found.values()], run["seed"])
    return [
        _row(*key, differences[~np.isnan(differences)], p < _ALPHA)
        for (key, differences), p in zip(found.items(), chances, strict=True)
    ]


def _chances(differences: list[Floats], seed: int) -> list[float]:
    """Each arm's p, adjusted over all of a run; 0 where their intervals' level sees to that."""
    if len(differences) <= _AT_LEVEL:
        return [0.0] * len(differences)
    return max_t.adjusted(np.array(differences), seed)


def _row(workload: str, contender: str, differences: Floats, told_apart: bool) -> NullRow:
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
        alarm=told_apart and low is not None and high is not None and not low <= 1 <= high,
    )
