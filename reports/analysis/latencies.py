"""How many pings of a cell were how slow, reduced to what a chart can show."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

# Up to here evenly, beyond it so many quantiles for each further nine.
_EVENLY, _EVEN = 0.9, 36  # in steps of 0.025, so that the median is one of them
_EACH_NINE = 12
# Beyond the quantile above which so many pings lie, each single one moves the curve.
_FEWEST_ABOVE = 10


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Latencies:
    """Quantiles of all measured pings of a cell: `times` (ns) by `shares`, both rising.

    They end where ten pings are slower, or at the median of fewer than twenty; `count` is that of
    all pings. Their number does not grow with the pings but by 12 for each factor of ten.
    """

    shares: Floats
    times: Floats
    count: int

    def at(self, share: float) -> float | None:
        """The time (ns) that this share of the pings did not exceed; None beyond the last one."""
        if share > self.shares[-1] * (1 + 1e-9):
            return None
        return float(np.interp(share, self.shares, self.times))


def latencies(durations: Floats) -> Latencies:
    """Reduce `durations` (ns, shape (pings,), at least one) to quantiles.

    A quantile is the smallest duration x with F(x) >= share.
    """
    ordered = np.sort(durations)
    size = ordered.size
    last = max(1 - _FEWEST_ABOVE / size, 0.5)
    shares = _grid()
    shares = np.append(shares[shares < last], last)
    ranks = np.ceil(size * shares * (1 - 1e-12)).astype(np.int64) - 1
    return Latencies(shares=shares, times=ordered[np.maximum(ranks, 0)], count=size)


def _grid() -> Floats:
    even = np.linspace(0, _EVENLY, _EVEN + 1)
    nines = 1 + np.arange(1, 8 * _EACH_NINE) / _EACH_NINE
    return np.concatenate([even, 1 - 10.0**-nines])
