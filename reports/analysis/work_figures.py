"""What the families without a network are about, beyond `real`: by block, from a run's frames.

Every function returns one amount per contender that has the block values it takes; which of them
are valid is for the caller to say.
"""

from collections.abc import Mapping

import pandas as pd

from reports.analysis.amounts import Amount, plain_amounts, positive_amounts
from reports.analysis.block_values import block_means, by_block


def overshoot(iterations: pd.DataFrame, workload: str, delay_ns: int) -> Mapping[str, Amount]:
    """How much longer than the delay itself an iteration took, ns: `real` less `delay_ns`."""
    return plain_amounts(block_means(iterations, workload, "real_ns") - delay_ns)


def memory_per_await(
    invocations: pd.DataFrame, one: str, many: str, size: int
) -> Mapping[str, Amount]:
    """(memory(N) − memory(1)) / (N − 1) within blocks, bytes; N is `size`, above 1.

    `one` and `many` are the workloads with one pending await and with N. The difference takes out
    what the process weighs by itself; it may come out negative.
    """
    peaks = [_peaks(invocations, workload) for workload in (one, many)]
    return plain_amounts((peaks[1] - peaks[0]) / (size - 1))


def allocated_per_call(iterations: pd.DataFrame, workload: str, size: int) -> Mapping[str, Amount]:
    """Mean bytes that one call took from the heap, as the program counted them; it may be 0."""
    return plain_amounts(block_means(iterations, workload, "allocated_bytes") / size)


def speed_up(iterations: pd.DataFrame, one: str, many: str, size: int) -> Mapping[str, Amount]:
    """size · real(one) / real(many) within blocks: how many jobs were really done at once."""
    alone, together = (block_means(iterations, name, "real_ns") for name in (one, many))
    ratios = (size * alone / together).dropna()
    return positive_amounts(ratios[ratios > 0])


def _peaks(invocations: pd.DataFrame, workload: str) -> pd.Series:
    counted = invocations["valid"] & (invocations["workload"] == workload)
    return by_block(invocations[counted], "peak_rss_bytes")
