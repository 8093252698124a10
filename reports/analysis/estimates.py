"""Every metric of every valid contender, with its interval."""

from collections.abc import Mapping, Sequence
from typing import TypedDict

import numpy as np
import pandas as pd

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


def block_estimates(values: pd.DataFrame, cells: Sequence[tuple[str, str]]) -> list[EstimateRow]:
    """exp of the Hodges–Lehmann estimate of the blocks' logarithms, for each metric of each cell.

    `values` is what `block_values` returns, `cells` are (workload, contender). A metric without
    any value gives no estimate.
    """
    groups = dict(iter(values.groupby(["workload", "contender"], observed=True)))
    result: list[EstimateRow] = []
    for workload, contender in cells:
        if (workload, contender) not in groups:
            continue
        logarithms = np.log(groups[workload, contender])
        for metric, unit in UNITS.items():
            column = logarithms[metric].to_numpy(dtype=np.float64)
            present = column[~np.isnan(column)]
            if present.size:
                found = centre(present)
                result.append(
                    EstimateRow(
                        workload=workload,
                        contender=contender,
                        metric=metric,
                        unit=unit,
                        value=found.value,
                        low=found.wide.low if found.wide else None,
                        high=found.wide.high if found.wide else None,
                        blocks=found.blocks,
                    )
                )
    return result


def tail_estimates(
    pings: Mapping[CellKey, CellPings], cells: Sequence[CellKey]
) -> list[EstimateRow]:
    """p50 and p99 of single pings of each of `cells`, pooled over its measured iterations, ns."""
    return [
        EstimateRow(
            workload=cell[0],
            contender=cell[1],
            metric=metric,
            unit="ns",
            value=found.value,
            low=found.low,
            high=found.high,
            blocks=found.blocks,
        )
        for cell in cells
        if cell in pings
        for metric, found in pings[cell].quantiles.items()
    ]
