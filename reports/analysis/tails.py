"""Quantiles of single pings, with intervals that respect blocks.

Pings of one block share its conditions, so that resampling pings would pretend to far more evidence
than there is: whole blocks are resampled instead.

Source: R. J. Hyndman and Y. Fan (1996), Sample quantiles in statistical packages, The American
Statistician 50, 361–365, definition 1; B. Efron (1979), Bootstrap methods: another look at the
jackknife, Annals of Statistics 7, 1–26; A. C. Davison and D. V. Hinkley (1997), Bootstrap Methods
and their Application, sections 3.8 (whole clusters) and 5.3 (percentile interval).
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from reports.analysis.amounts import Amount
from results.plan import FEWEST_BLOCKS

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

# Metric, share of pings below it, and the pings it takes before it is more than an anecdote.
QUANTILES = (("p50", 0.50, 1), ("p99", 0.99, 1000))

_RESAMPLES = 2000
_LEVEL = 0.95


def pooled_quantile(blocks: Sequence[Floats], share: float, seed: Sequence[int]) -> Amount:
    """The quantile of all samples together, with a percentile interval over resampled blocks.

    It is in the samples' unit, and has no interval below six blocks.
    `blocks` are non-empty arrays of samples, one per block; `share` lies in (0, 1); `seed` is a
    sequence of integers >= 0 from which everything random follows.
    """
    ordered = [np.sort(block) for block in blocks]
    sizes = np.array([block.size for block in ordered])
    ones = np.ones((1, len(ordered)), dtype=np.int64)
    if len(ordered) < FEWEST_BLOCKS:
        (value,) = _quantiles(ordered, sizes, ones, share)
        return Amount(float(value))
    drawn = _drawn_counts(len(ordered), seed)
    value, *resampled = _quantiles(ordered, sizes, np.vstack([ones, drawn]), share)
    edges = [(1 - _LEVEL) / 2, (1 + _LEVEL) / 2]
    low, high = np.quantile(resampled, edges, method="inverted_cdf")
    return Amount(float(value), float(low), float(high))


def _drawn_counts(blocks: int, seed: Sequence[int]) -> Integers:
    """How often each block was drawn, shape (resamples, blocks); each row sums to `blocks`."""
    generator = np.random.Generator(np.random.PCG64(np.random.SeedSequence(list(seed))))
    drawn = generator.integers(blocks, size=(_RESAMPLES, blocks))
    counts = np.zeros((_RESAMPLES, blocks), dtype=np.int64)
    np.add.at(counts, (np.arange(_RESAMPLES)[:, None], drawn), 1)
    return counts


def _quantiles(ordered: list[Floats], sizes: Integers, counts: Integers, share: float) -> Floats:
    """The smallest sample x with F(x) >= share, for each row of `counts`.

    A mixture's quantile lies between the smallest and the largest of its blocks' own, so only
    samples in between are candidates. Each row finds its own by bisection over them: no resample
    is ever written out, which would take 2000 copies of up to a million pings.
    """
    own = [block[_rank(block.size, share)] for block in ordered]
    pooled = np.sort(np.concatenate(ordered))
    candidates = pooled[(pooled >= min(own)) & (pooled <= max(own))]
    below = np.stack([np.searchsorted(block, candidates, side="right") for block in ordered])
    wanted = np.ceil(counts @ sizes * share * (1 - 1e-12))
    first = np.zeros(len(counts), dtype=np.int64)
    last = np.full(len(counts), candidates.size - 1)
    while np.any(first < last):
        middle = (first + last) // 2
        enough = np.einsum("rb,br->r", counts, below[:, middle]) >= wanted
        last = np.where(enough, middle, last)
        first = np.where(enough, first, np.minimum(middle + 1, last))
    found: Floats = candidates[last]
    return found


def _rank(size: int, share: float) -> int:
    return int(np.ceil(size * share * (1 - 1e-12))) - 1
