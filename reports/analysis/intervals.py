"""Estimates and intervals: of factors and quantities, by their logarithms; of differences, plain.

Source: J. L. Hodges and E. L. Lehmann (1963), Estimates of location based on rank tests, Annals of
Mathematical Statistics 34, 598–611; M. Hollander, D. A. Wolfe and E. Chicken (2014), Nonparametric
Statistical Methods, 3rd ed., section 3.2.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reports.analysis.signed_rank import Interval, interval
from results.plan import FEWEST_BLOCKS

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Centre:
    """A Hodges–Lehmann estimate, and its intervals, which need six blocks."""

    value: float
    wide: Interval | None
    narrow: Interval | None
    blocks: int


def centre(logarithms: Floats) -> Centre:
    """Centre of the exponentials of `logarithms`, with intervals of 95 % (`wide`) and 90 %.

    `logarithms` has shape (n,), n >= 1, finite: of block values (a quantity comes back, in their
    unit), or of the ratios b to a within blocks (a ratio comes back). Everything is done on the
    logarithms, so that exchanging a and b inverts the result exactly.
    Source: docs of this module and of `signed_rank`.
    """
    found = plain_centre(logarithms)
    return Centre(
        value=float(np.exp(found.value)),
        wide=_exponential(found.wide),
        narrow=_exponential(found.narrow),
        blocks=found.blocks,
    )


def plain_centre(values: Floats) -> Centre:
    """Centre of `values` themselves, in their unit: for what may be zero or negative.

    `values` has shape (n,), n >= 1, finite: one a block. Source: as for `centre`.
    """
    averages, blocks = walsh_averages(values), values.size
    enough = blocks >= FEWEST_BLOCKS
    return Centre(
        value=float(np.median(averages)),
        wide=interval(averages, blocks, 0.95) if enough else None,
        narrow=interval(averages, blocks, 0.90) if enough else None,
        blocks=blocks,
    )


def walsh_averages(values: Floats) -> Floats:
    """All averages (v_i + v_j) / 2 with i <= j, sorted.

    `values` has shape (n,), n >= 1, finite; the result has shape (n (n + 1) / 2,) and its unit.
    """
    first, second = np.triu_indices(values.size)
    return np.sort((values[first] + values[second]) / 2)


def _exponential(found: Interval | None) -> Interval | None:
    return found and Interval(float(np.exp(found.low)), float(np.exp(found.high)))
