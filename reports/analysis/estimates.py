"""Every metric of every valid contender, with its interval."""

from collections.abc import Mapping, Sequence
from typing import TypedDict

import numpy as np
import pandas as pd

from reports.analysis.amounts import Amount
from reports.analysis.block_values import UNITS
from reports.analysis.intervals import centre
from reports.analysis.pings import CellKey, CellPings


class EstimateRow(TypedDict):
    """One metric of a valid contender; low and high null below six blocks."""

    workload: str
    contender: str
    metric: str
    unit: str
    value: float
    low: float | None
    high: float | None
    blocks: int


def block_estimates(values: pd.DataFrame, cells: Sequence[CellKey]) -> list[EstimateRow]:
    """exp of the Hodges–Lehmann estimate of the blocks' logarithms, for each metric of each cell.

    `values` is what `block_values` returns. A metric without any value gives no estimate.
    """
    groups = dict(iter(values.groupby(["workload", "contender"], observed=True)))
    result = []
    for cell in cells:
        for metric, unit in UNITS.items() if cell in groups else ():
            own = groups[cell][metric].dropna().to_numpy(dtype=np.float64)
            if own.size:
                found = centre(np.log(own))
                result.append(_row(cell, metric, unit, Amount.of(found), found.blocks))
    return result


def tail_estimates(
    pings: Mapping[CellKey, CellPings], cells: Sequence[CellKey]
) -> list[EstimateRow]:
    """p50 and p99 of single pings of each of `cells`, pooled over its measured iterations, ns."""
    return [
        _row(cell, metric, "ns", found, len(pings[cell].client))
        for cell in cells
        if cell in pings
        for metric, found in pings[cell].quantiles.items()
    ]


def amount_of(row: EstimateRow) -> Amount:
    """The row's figure, in its unit."""
    return Amount(row["value"], row["low"], row["high"])


def _row(cell: CellKey, metric: str, unit: str, found: Amount, blocks: int) -> EstimateRow:
    return EstimateRow(
        workload=cell[0],
        contender=cell[1],
        metric=metric,
        unit=unit,
        value=found.value,
        low=found.low,
        high=found.high,
        blocks=blocks,
    )
