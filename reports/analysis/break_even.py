"""From how many items on a contender that starts or warms up slowly is ahead after all."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binom

from reports.analysis.intervals import Centre, centre
from results.plan import FEWEST_BLOCKS

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakEven:
    """Two contenders, start-up included, over the blocks in which both have a process.

    `once` is b's time over a's for start-up and one iteration. `a_ahead` says who is ahead after
    `within` items, in most blocks. `items` is from how many items on that one stays ahead, the
    median over blocks: 0 where it leads from the first iteration on, infinite where it is not ahead
    in half of the blocks. `low` and `high` are its 95 % interval; None below six blocks.
    """

    once: Centre
    a_ahead: bool
    items: float
    low: float | None
    high: float | None
    within: int
    blocks: int


def break_even(courses: Sequence[tuple[Floats, Floats]], items: int) -> BreakEven:
    """Compare a and b in each block, of which there is at least one.

    A course is start-up and all iterations up to each one, ns, shape (iterations,), rising; an iteration has so many `items`. Of two courses the longer one is cut.
    Source of the interval: the sign test's, W. J. Conover (1999), Practical Nonparametric
    Statistics, 3rd ed., section 3.2.
    """
    shortest = min(min(a.size, b.size) for a, b in courses)
    leads = [b[:shortest] - a[:shortest] for a, b in courses]
    a_ahead = 2 * sum(lead[-1] > 0 for lead in leads) >= len(leads)
    last = np.sort([items * _last_crossing(lead if a_ahead else -lead) for lead in leads])
    rank = _sign_rank(len(leads))
    return BreakEven(
        once=centre(np.log([b[0] / a[0] for a, b in courses])),
        a_ahead=a_ahead,
        items=float(last[(last.size - 1) // 2]),
        low=None if rank is None else float(last[rank - 1]),
        high=None if rank is None else float(last[-rank]),
        within=items * shortest,
        blocks=len(leads),
    )


def _last_crossing(lead: Floats) -> float:
    """Return after how many iterations, a fraction too, a lead becomes positive for good."""
    behind = np.flatnonzero(lead <= 0)
    if behind.size == 0:
        return 0.0
    last = int(behind[-1])
    if last == lead.size - 1:
        return math.inf
    return float(last + 1 + lead[last] / (lead[last] - lead[last + 1]))


def _sign_rank(blocks: int) -> int | None:
    """Return k, for which the k-th smallest and k-th largest of the blocks' values hold 95 %."""
    if blocks < FEWEST_BLOCKS:
        return None
    return int(binom.ppf(0.025, blocks, 0.5)) or 1
