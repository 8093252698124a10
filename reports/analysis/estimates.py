"""Every metric of every valid contender, with its interval."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from reports.analysis.block_values import UNITS
from reports.analysis.intervals import centre
from reports.analysis.tails import QUANTILES, pooled_quantile

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """One metric of a contender in a workload; no interval below six blocks."""

    workload: str
    contender: str
    metric: str
    unit: str
    value: float
    low: float | None
    high: float | None
    blocks: int


def block_estimates(values: pd.DataFrame, cells: Sequence[tuple[str, str]]) -> list[Estimate]:
    """exp of the Hodges–Lehmann estimate of the blocks' logarithms, for each metric of each cell.

    `values` is what `block_values` returns, `cells` are (workload, contender). A metric without
    any value gives no estimate.
    """
    groups = dict(iter(values.groupby(["workload", "contender"], observed=True)))
    result: list[Estimate] = []
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
                    Estimate(
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
    pings: pd.DataFrame, cells: Sequence[tuple[str, str]], seed: int
) -> list[Estimate]:
    """p50 and p99 of single pings of each cell, pooled over its measured iterations, ns.

    `pings` is the frame of `reports.analysis.frames`; p99 only from 1,000 pings. Every cell draws from a
    stream of its own, so that leaving one out moves none of the others.
    """
    counted = pings.loc[pings["valid"] & pings["measured"], _TAIL_COLUMNS]
    groups = dict(iter(counted.groupby(["workload", "contender"], observed=True, sort=False)))
    result: list[Estimate] = []
    for workload, contender in cells:
        if (workload, contender) not in groups:
            continue
        blocks = _per_block(groups[workload, contender])
        size = sum(block.size for block in blocks)
        # crc32 because it is the same everywhere and for ever, unlike Python's own hash.
        stream = [seed % 2**64, zlib.crc32(f"{workload}\n{contender}".encode())]
        for metric, share, fewest in QUANTILES:
            if size >= fewest:
                found = pooled_quantile(blocks, share, stream)
                result.append(
                    Estimate(
                        workload=workload,
                        contender=contender,
                        metric=metric,
                        unit="ns",
                        value=found.value,
                        low=found.low,
                        high=found.high,
                        blocks=found.blocks,
                    )
                )
    return result


_TAIL_COLUMNS = ["workload", "contender", "block", "duration_ns"]


def _per_block(group: pd.DataFrame) -> list[Floats]:
    order = np.argsort(group["block"].to_numpy(), kind="stable")
    blocks = group["block"].to_numpy()[order]
    durations = group["duration_ns"].to_numpy(dtype=np.float64)[order]
    return np.split(durations, np.flatnonzero(np.diff(blocks)) + 1)
