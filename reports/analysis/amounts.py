"""What is estimated over blocks for one contender at a time, with the interval that is shown."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from reports.analysis.intervals import Centre, Floats, centre, plain_centre


@dataclass(frozen=True, slots=True)
class Amount:
    """An estimate over blocks and its 95 % interval, which needs six of them."""

    value: float
    low: float | None = None
    high: float | None = None

    @classmethod
    def of(cls, found: Centre) -> "Amount":
        """The estimate with its wide interval."""
        return cls(found.value, *(found.wide or ()))

    @property
    def numbers(self) -> tuple[float, ...]:
        """The value, and the ends of the interval where there is one."""
        return tuple(v for v in (self.value, self.low, self.high) if v is not None)

    def over(self, divisor: float) -> "Amount":
        """The same of one of `divisor` (above 0) equal parts."""
        value, *ends = (number / divisor for number in self.numbers)
        return Amount(value, *ends)

    def inverse(self) -> "Amount":
        """The same of the ratio seen from the other side."""
        value, *ends = (1 / number for number in self.numbers)
        return Amount(value, *reversed(ends))


def positive_amounts(values: pd.Series) -> Mapping[str, Amount]:
    """One amount per contender, in the unit of `values`, estimated by their logarithms.

    `values`, all above 0, are indexed by (contender, block).
    """
    return _amounts(values, lambda own: centre(np.log(own)))


def plain_amounts(values: pd.Series) -> Mapping[str, Amount]:
    """The same of values that may be zero or negative: estimated as they are."""
    return _amounts(values, plain_centre)


def _amounts(values: pd.Series, estimated: Callable[[Floats], Centre]) -> Mapping[str, Amount]:
    groups = values.dropna().groupby(level="contender", observed=True)
    return {
        str(contender): Amount.of(estimated(own.to_numpy(dtype=np.float64)))
        for contender, own in groups
    }
