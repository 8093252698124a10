"""What is estimated over blocks for one contender at a time, with the interval that is shown."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from reports.analysis.intervals import Centre, centre, plain_centre


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """An estimate over blocks and its 95 % interval, which needs six of them."""

    value: float
    low: float | None = None
    high: float | None = None

    @property
    def numbers(self) -> tuple[float, ...]:
        """The value, and the ends of the interval where there is one."""
        return tuple(v for v in (self.value, self.low, self.high) if v is not None)

    def over(self, divisor: float) -> "Amount":
        """The same of one of `divisor` equal parts."""
        low, high = self.low, self.high
        return Amount(
            value=self.value / divisor,
            low=None if low is None else low / divisor,
            high=None if high is None else high / divisor,
        )


def positive_amounts(values: pd.Series) -> Mapping[str, Amount]:
    """One amount a contender, in the unit of `values`, estimated by their logarithms.

    `values`, all above 0, are indexed by (contender, block).
    """
    return {
        contender: _amount(centre(np.log(own.to_numpy(dtype=np.float64))))
        for contender, own in _by_contender(values)
    }


def plain_amounts(values: pd.Series) -> Mapping[str, Amount]:
    """The same of values that may be zero or negative: estimated as they are."""
    return {
        contender: _amount(plain_centre(own.to_numpy(dtype=np.float64)))
        for contender, own in _by_contender(values)
    }


def _by_contender(values: pd.Series) -> list[tuple[str, pd.Series]]:
    groups = values.dropna().groupby(level="contender", observed=True)
    return [(str(contender), own) for contender, own in groups]


def _amount(found: Centre) -> Amount:
    wide = found.wide
    return Amount(
        value=found.value,
        low=None if wide is None else wide.low,
        high=None if wide is None else wide.high,
    )
