"""What the families without a network are about, beyond `real`: by block, from a run's frames.

Every function returns one amount per contender that has the block values it takes; which of them
are valid is for the caller to say.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from reports.analysis.intervals import Centre, centre, plain_centre


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """An estimate over blocks and its 95 % interval, which needs six of them."""

    value: float
    low: float | None
    high: float | None


def overshoot(iterations: pd.DataFrame, workload: str, delay_ns: int) -> Mapping[str, Amount]:
    """How much longer than the delay itself an iteration took, ns: `real` less `delay_ns`."""
    return _plain(_block_means(iterations, workload, "real_ns") - delay_ns)


def memory_per_await(
    invocations: pd.DataFrame, one: str, many: str, size: int
) -> Mapping[str, Amount]:
    """(memory(N) − memory(1)) / (N − 1) within blocks, bytes; N is `size`, above 1.

    `one` and `many` are the workloads with one pending await and with N. The difference takes out
    what the process weighs by itself; it may come out negative.
    """
    peaks = [_peaks(invocations, workload) for workload in (one, many)]
    return _plain((peaks[1] - peaks[0]) / (size - 1))


def allocated_per_call(iterations: pd.DataFrame, workload: str, size: int) -> Mapping[str, Amount]:
    """Mean bytes that one call took from the heap, as the program counted them; it may be 0."""
    return _plain(_block_means(iterations, workload, "allocated_bytes") / size)


def speed_up(iterations: pd.DataFrame, one: str, many: str, size: int) -> Mapping[str, Amount]:
    """size · real(one) / real(many) within blocks: how many jobs were really done at once."""
    alone, together = (_block_means(iterations, name, "real_ns") for name in (one, many))
    ratios = (size * alone / together).dropna()
    return {
        str(contender): _amount(centre(np.log(values.to_numpy(dtype=np.float64))))
        for contender, values in ratios[ratios > 0].groupby(level="contender", observed=True)
    }


def _block_means(iterations: pd.DataFrame, workload: str, column: str) -> pd.Series:
    """Mean of a column over the measured iterations, by (contender, block)."""
    counted = iterations["valid"] & iterations["measured"] & (iterations["workload"] == workload)
    return _by_block(iterations[counted], column)


def _peaks(invocations: pd.DataFrame, workload: str) -> pd.Series:
    counted = invocations["valid"] & (invocations["workload"] == workload)
    return _by_block(invocations[counted], "peak_rss_bytes")


def _by_block(rows: pd.DataFrame, column: str) -> pd.Series:
    # Names, not categories: two indices of categories do not always align when subtracted.
    keys = [rows["contender"].astype(str), rows["block"]]
    return rows.groupby(keys)[column].mean()


def _plain(values: pd.Series) -> Mapping[str, Amount]:
    return {
        str(contender): _amount(plain_centre(own.to_numpy(dtype=np.float64)))
        for contender, own in values.dropna().groupby(level="contender", observed=True)
    }


def _amount(found: Centre) -> Amount:
    wide = found.wide
    return Amount(
        value=found.value,
        low=None if wide is None else wide.low,
        high=None if wide is None else wide.high,
    )
