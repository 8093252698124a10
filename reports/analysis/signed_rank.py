"""Wilcoxon's signed-rank test, exact, and the interval that inverts it.

Source: F. Wilcoxon (1945), Individual comparisons by ranking methods, Biometrics Bulletin 1, 80–83;
M. Hollander, D. A. Wolfe and E. Chicken (2014), Nonparametric Statistical Methods, 3rd ed.,
sections 3.1 (test, ties, zeros) and 3.3 (interval).
"""

from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


class Interval(NamedTuple):
    """An exact signed-rank interval; its level is at least what was asked for."""

    low: float
    high: float


def p_value(differences: Floats) -> float:
    """Exact two-sided p of "the differences are symmetric about 0", in (0, 1].

    `differences` has shape (n,), finite. Zeros are left out before ranking; equal sizes share their
    mean rank, and p is taken from the distribution of T+ over all 2^n signs of exactly these ranks
    (Hollander, Wolfe and Chicken, section 3.1, comments 9 and 10). No difference at all gives 1.
    """
    kept = differences[differences != 0]
    if kept.size == 0:
        return 1.0
    doubled = _doubled_mean_ranks(np.abs(kept))
    chances = _subset_sum_chances(doubled)
    positive = int(doubled[kept > 0].sum())
    smaller = min(positive, int(doubled.sum()) - positive)
    return min(1.0, 2 * float(chances[: smaller + 1].sum()))


def interval(averages: Floats, blocks: int, level: float) -> Interval:
    """The exact signed-rank interval from sorted Walsh averages, in their unit.

    With k the largest integer for which P(T+ <= k - 1) <= (1 - level) / 2, it reaches from the k-th
    smallest Walsh average to the k-th largest. Coverage is at least `level`: at six blocks and
    0.95, k = 1 and the interval is the whole range, exact level 96.9 %.
    Raises `ValueError` where k would be 0, or where `averages` are not those of `blocks` values.
    """
    if averages.size != blocks * (blocks + 1) // 2:
        raise ValueError(f"{averages.size} Walsh averages are not those of {blocks} values")
    k = _critical_rank(blocks, level)
    if k < 1:
        raise ValueError(f"{blocks} blocks have no signed-rank interval of level {level}")
    return Interval(float(averages[k - 1]), float(averages[-k]))


@lru_cache(maxsize=None)
def _critical_rank(blocks: int, level: float) -> int:
    chances = _subset_sum_chances(np.arange(1, blocks + 1))
    # A sum of powers of two is exact here up to 52 blocks; beyond, one part in 10^12 decides ties.
    limit = (1 - level) / 2 * (1 + 1e-12)
    return int(np.searchsorted(np.cumsum(chances), limit, side="right"))


def _doubled_mean_ranks(sizes: Floats) -> NDArray[np.int64]:
    """Twice the rank of each size, equal ones sharing their mean: twice, to stay an integer."""
    _, places, counts = np.unique(sizes, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    ranks: NDArray[np.int64] = (2 * last - counts + 1)[places]
    return ranks


def _subset_sum_chances(ranks: NDArray[np.int64]) -> Floats:
    """P(T+ = 0), P(T+ = 1), … where each rank counts with chance one half."""
    chances = np.zeros(int(ranks.sum()) + 1)
    chances[0] = 1.0
    reached = 0
    for rank in ranks.tolist():
        # The sums reached so far, once without this rank and once with it.
        without = chances[: reached + 1].copy()
        chances[: reached + 1] = without / 2
        chances[rank : rank + reached + 1] += without / 2
        reached += rank
    return chances
