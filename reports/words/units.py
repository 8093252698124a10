"""Numbers as a person reads them: three significant digits, never more than the interval supports.

This is the only place where figures become text.
"""

import math
from dataclasses import dataclass
from typing import NamedTuple

from reports.analysis.amounts import Amount

_DIGITS = 3


class Scale(NamedTuple):
    """How much of "ns", "bytes" or "1" a unit is, and its name."""

    size: float
    name: str


# Largest first: a figure gets the first unit that leaves it at one or above.
_SCALES = {
    "ns": (Scale(1e9, "s"), Scale(1e6, "ms"), Scale(1e3, "µs"), Scale(1.0, "ns")),
    "bytes": (Scale(2**30, "GiB"), Scale(2**20, "MiB"), Scale(2**10, "KiB"), Scale(1, "B")),
    "1": (Scale(1.0, ""),),
}
# A share of a byte is what a loop's own objects come to, spread over its calls.
_FINEST = {"B": 0.1}


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureText:
    """A figure in words: "1.23 ms", and its interval "1.20–1.27 ms", "" where there is none."""

    value: str
    interval: str

    def __str__(self) -> str:
        return f"{self.value} ({self.interval})" if self.interval else self.value


def fitting(size: float, unit: str) -> Scale:
    """The unit in which `size`, in "ns", "bytes" or "1", is one or above; else the smallest."""
    scales = _SCALES[unit]
    return next((scale for scale in scales if size >= scale.size), scales[-1])


def quantity(
    value: float, unit: str, low: float | None = None, high: float | None = None
) -> FigureText:
    """A figure in `unit` ("ns", "bytes" or "1") in the unit that fits, interval in the same.

    >>> quantity(1_234_567, "ns", 1_201_000, 1_268_000)
    FigureText(value='1.23 ms', interval='1.20–1.27 ms')
    """
    scale = fitting(abs(float(f"{value:.{_DIGITS}g}")), unit)  # 999.7 µs is 1.00 ms
    suffix = f" {scale.name}" if scale.name else ""
    bare = scaled(value, scale, low, high)
    interval = f"{bare.interval}{suffix}" if bare.interval else ""
    return FigureText(value=f"{bare.value}{suffix}", interval=interval)


def told(amount: Amount, unit: str) -> FigureText:
    """An amount in `unit` ("ns", "bytes" or "1"), as `quantity` puts it."""
    return quantity(amount.value, unit, amount.low, amount.high)


def scaled(value: float, scale: Scale, low: float | None, high: float | None) -> FigureText:
    """A figure and its interval in that unit, which is not named."""
    step = max(_supported_step(low, high, scale.size), _FINEST.get(scale.name, 0.0))
    text = digits(value / scale.size, step)
    if low is None or high is None:
        return FigureText(value=text, interval="")
    bounds = f"{digits(low / scale.size, step)}–{digits(high / scale.size, step)}"
    return FigureText(value=text, interval=bounds)


def ratio(value: float, low: float | None = None, high: float | None = None) -> FigureText:
    """A ratio as "1.80×", and its interval as "1.71–1.90"."""
    text = quantity(value, "1", low, high)
    return FigureText(value=f"{text.value}×", interval=text.interval)


def percent(share: float) -> str:
    """A share as "3 %", and a large one as "1,200 %"."""
    value = 100 * share
    return f"{value:,.0f} %" if value >= 999.5 else f"{value:.3g} %"


def digits(value: float, step: float = 0.0) -> str:
    """A number with three significant digits, or fewer where `step` is coarser than they are."""
    if value == 0 or not math.isfinite(value):
        return f"{value:.0f}"
    own = 10.0 ** (math.floor(math.log10(abs(value))) - _DIGITS + 1)
    places = -round(math.log10(max(own, step)))
    rounded = round(value, places)
    if rounded == 0:
        return "0"
    if abs(rounded) >= own * 10**_DIGITS:  # 9.996 became 10.00
        places -= 1
    return f"{rounded:.{max(places, 0)}f}"


def percent_at_most(share: float) -> str:
    """A share that is not exceeded, as "3.1 %": rounded up to a tenth."""
    return percent(math.ceil(1000 * share) / 1000)


def bound(value: float) -> str:
    """A number with three significant digits, rounded up: what is said to lie above it does."""
    text = digits(value)
    if float(text) >= value:
        return text
    return digits(float(text) + 10.0 ** (math.floor(math.log10(value)) - _DIGITS + 1))


def _supported_step(low: float | None, high: float | None, scale: float) -> float:
    """The smallest power of ten worth showing: it resolves the interval to two digits."""
    if low is None or high is None or not high > low:
        return 0.0
    return 10.0 ** (math.floor(math.log10((high - low) / scale)) - 1)
