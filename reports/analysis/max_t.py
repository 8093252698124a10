"""Many comparisons at once: the step-down max-T procedure of Westfall and Young, over whole blocks.

Sources: P. H. Westfall and S. S. Young (1993), Resampling-Based Multiple Testing, Wiley, section
2.6; Y. Ge, S. Dudoit and T. P. Speed (2003), Resampling-based multiple testing for microarray data
analysis, TEST 12, 1–77, box 1; T. E. Nichols and A. P. Holmes (2002), Nonparametric permutation
tests for functional neuroimaging, Human Brain Mapping 15, 1–25, on changing signs.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

# Up to here all 2^(n - 1) patterns of signs are tried, which is exact; beyond, so many drawn ones.
MOST_ENUMERATED = 16
DRAWN = 20_000

_AT_ONCE = 4096  # patterns of signs, to bound the memory that m comparisons take
_SAME = 1e-9  # statistics that differ by less, relatively, count as equal
_LEAST_SPREAD = 1e-12  # of a pair without any, whose statistic would be infinite


def adjusted(differences: Floats, seed: int) -> list[float]:
    """Adjusted p of each comparison, two-sided, in the order given, each in (0, 1].

    `differences` has shape (m, n): of m comparisons the logarithms of the ratios in n blocks, NaN
    where a block lacks one; a row without any gives 1. Under the null hypothesis a block's values
    may all change sign together. The statistic is the studentised mean. With the statistics sorted,
    t(1) >= t(2) >= …, the i-th adjusted p is the share of sign patterns in which the largest
    statistic of the comparisons (i), (i + 1), … reaches t(i), and no smaller than the one before.
    The smallest possible is 2^(1 - n), whatever m is. `seed` draws the patterns where n > 16.
    """
    present = ~np.isnan(differences)
    filled = np.where(present, differences, 0.0)
    counts = present.sum(axis=1)
    squares = np.square(filled).sum(axis=1)
    blocks = differences.shape[1]
    observed = _statistics(np.ones((1, blocks)), filled, squares, counts)[0]
    order = np.argsort(-observed, kind="stable")
    reached = np.zeros(order.size, dtype=np.int64)
    patterns = 0
    for signs in _patterns(blocks, seed):
        found = _statistics(signs, filled[order], squares[order], counts[order])
        # The largest of each comparison and those after it, from the last to the first.
        largest = np.maximum.accumulate(found[:, ::-1], axis=1)[:, ::-1]
        reached += (largest >= observed[order] * (1 - _SAME)).sum(axis=0)
        patterns += len(signs)
    result = np.empty(order.size)
    result[order] = np.maximum.accumulate(reached / patterns)
    return [float(value) for value in result]


def _statistics(
    signs: Floats, differences: Floats, squares: Floats, counts: NDArray[np.int64]
) -> Floats:
    """The square of each studentised mean, for each pattern of signs: shape (patterns, m).

    Signs leave the sum of squares alone, so that with r = (Σ d)² / (n Σ d²) it is (n - 1) r / (1 - r).
    """
    sums = np.square(signs @ differences.T)
    scale = squares * counts
    share = np.divide(sums, scale, out=np.zeros_like(sums), where=scale > 0)
    spread = np.maximum(1 - share, _LEAST_SPREAD)
    result: Floats = (counts - 1).clip(0) * share / spread
    return result


def _patterns(blocks: int, seed: int) -> Iterator[Floats]:
    """Patterns of signs, the observed one first; never one and its opposite, which say the same."""
    if blocks <= MOST_ENUMERATED:
        numbers = np.arange(2 ** max(blocks - 1, 0))
        for first in range(0, numbers.size, _AT_ONCE):
            chunk = numbers[first : first + _AT_ONCE, None]
            yield 1.0 - 2.0 * (chunk >> np.arange(blocks) & 1)
        return
    generator = np.random.default_rng(seed)
    yield np.ones((1, blocks))
    for first in range(0, DRAWN, _AT_ONCE):
        size = (min(_AT_ONCE, DRAWN - first), blocks)
        yield 1.0 - 2.0 * generator.integers(0, 2, size)
