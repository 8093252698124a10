"""Estimates and intervals on the scale of logarithms, given back as factors or quantities."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reports.analysis.signed_rank import FEWEST_BLOCKS, interval
from reports.analysis.walsh import hodges_lehmann, walsh_averages

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """An exact signed-rank interval; its level is at least what was asked for."""

    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Centre:
    """exp of a Hodges–Lehmann estimate, and its intervals, which need six blocks."""

    value: float
    wide: Interval | None
    narrow: Interval | None
    blocks: int


def centre(logarithms: Floats) -> Centre:
    """Centre of the exponentials of `logarithms`, with intervals of 95 % (`wide`) and 90 %.

    `logarithms` has shape (n,), n >= 1, finite: of block values (a quantity comes back, in their
    unit), or of the ratios b to a within blocks (a ratio comes back). Everything is done on the
    logarithms, so that exchanging a and b inverts the result exactly.
    Source: docs of `walsh` and `signed_rank`.
    """
    averages = walsh_averages(logarithms)
    blocks = logarithms.size
    enough = blocks >= FEWEST_BLOCKS
    return Centre(
        value=float(np.exp(hodges_lehmann(averages))),
        wide=_exponential(averages, blocks, 0.95) if enough else None,
        narrow=_exponential(averages, blocks, 0.90) if enough else None,
        blocks=blocks,
    )


def _exponential(averages: Floats, blocks: int, level: float) -> Interval:
    low, high = interval(averages, blocks, level)
    return Interval(low=float(np.exp(low)), high=float(np.exp(high)))
