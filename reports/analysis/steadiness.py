"""Whether processes kept their pace while they were measured, from a run's own blocks."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from reports.analysis.intervals import centre
from reports.analysis.max_t import adjusted
from reports.analysis.signed_rank import Interval
from results.plan import ALPHA

Floats = NDArray[np.float64]
CellKey = tuple[str, str]  # workload, contender

# How often the words are wrong with these, and with others: docs/statistics.md, section 14.
SHOWN = 0.03  # a drift that is proven and larger than this has a name
FLAT = 0.05  # a drift that is surely smaller than this counts as none
MOST = 0.10  # and one that may be larger than this allows no verdict
# In a study the same limits are those of what came later: within SHOWN it is settled, within MOST
# it is bounded.


class Pace(StrEnum):
    """What is said of one contender's pace in one workload."""

    STEADY = "steady"
    NOT_STUDIED = "flat, not studied"
    WARMING = "still warming"
    SLOWING = "slowing"
    UNSETTLED = "never settled"
    BOUNDED = "bounded"
    UNKNOWN = "unknown"

    @property
    def allows_verdict(self) -> bool:
        """Whether a comparison with such a contender can be decided."""
        return self in (Pace.STEADY, Pace.NOT_STUDIED, Pace.BOUNDED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Studied:
    """What a study of the same runtime showed: whether it settled, and what came later.

    `later` is the time of what came after four warm-ups over that of what a run measures.
    """

    settled: bool
    later: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Steadiness:
    """The second half of the measured windows over the first, of one contender in one workload.

    `ratio` is below 1 where it became faster; `interval` is its 95 % interval, None below six
    blocks. `bound` is the largest drift that the interval does not exclude, as a share (0.04 is
    4 %), None without one.
    """

    ratio: float
    interval: Interval | None
    p_adjusted: float | None
    bound: float | None
    blocks: int
    pace: Pace


def steadiness(
    drifts: Mapping[CellKey, Floats], studied: Mapping[CellKey, Studied], seed: int
) -> dict[CellKey, Steadiness]:
    """Judge the pace of each cell.

    `drifts` are, by cell, ln(mean of the window's second half / mean of its first half) in each
    block, shape (blocks,), NaN where a block lacks it, all of one length. `studied` has the
    cells of which there is a study. p is adjusted over all cells by max-T
    (`reports.analysis.max_t`), whose signs `seed` draws in long runs.
    """
    cells = [cell for cell, values in drifts.items() if not np.isnan(values).all()]
    if not cells:
        return {}
    p_values = adjusted(np.array([drifts[cell] for cell in cells]), seed)
    return {cell: _judged(drifts[cell], p, studied.get(cell)) for cell, p in zip(cells, p_values)}


def _judged(values: Floats, p: float, studied: Studied | None) -> Steadiness:
    found = centre(values[~np.isnan(values)])
    interval = found.wide
    bound = None if interval is None else max(interval.high, 1 / interval.low) - 1
    return Steadiness(
        ratio=found.value,
        interval=interval,
        p_adjusted=None if interval is None else p,
        bound=bound,
        blocks=found.blocks,
        pace=_pace(found.value, p, bound, studied),
    )


def _pace(ratio: float, p: float, bound: float | None, studied: Studied | None) -> Pace:
    if bound is None:
        return Pace.UNKNOWN
    if not _within(ratio, SHOWN) and p < ALPHA:
        return Pace.WARMING if ratio < 1 else Pace.SLOWING
    if studied is not None and not (studied.settled and _within(studied.later, MOST)):
        return Pace.UNSETTLED
    if bound > MOST:
        return Pace.UNKNOWN
    if bound > FLAT or (studied is not None and not _within(studied.later, SHOWN)):
        return Pace.BOUNDED
    return Pace.NOT_STUDIED if studied is None else Pace.STEADY


def _within(ratio: float, share: float) -> bool:
    return bool(abs(np.log(ratio)) <= np.log1p(share))


def contradicts(first: Floats, second: Floats) -> bool:
    """Tell whether a comparison's two halves, as logarithms by block, prove opposite signs."""
    if min(first.size, second.size) == 0:
        return False
    a, b = centre(first).wide, centre(second).wide
    if a is None or b is None:
        return False
    return (a.high < 1 and b.low > 1) or (a.low > 1 and b.high < 1)
