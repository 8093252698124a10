"""Numbers as a person reads them: three significant digits, never more than the interval supports.

This is the only place where figures become text.
"""

import math
from dataclasses import dataclass

_DIGITS = 3

# Largest first: a figure gets the first unit that leaves it at one or above.
_NS = ((1e9, "s"), (1e6, "ms"), (1e3, "µs"), (1.0, "ns"))
_BYTES = ((2.0**30, "GiB"), (2.0**20, "MiB"), (2.0**10, "KiB"), (1.0, "B"))
_PLAIN = ((1.0, ""),)
_SCALES = {"ns": _NS, "bytes": _BYTES, "1": _PLAIN}
_FINEST = {
    "B": 0.1
}  # a share of a byte is what a loop's own objects come to, spread over its calls


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A figure in words: "1.23 ms", and its interval "1.20–1.27 ms", "" where there is none."""

    value: str
    interval: str


def quantity(value: float, unit: str, low: float | None = None, high: float | None = None) -> Shown:
    """A figure in `unit` ("ns", "bytes" or "1") in the unit that fits, interval in the same.

    >>> quantity(1_234_567, "ns", 1_201_000, 1_268_000)
    Shown(value='1.23 ms', interval='1.20–1.27 ms')
    """
    rounded = abs(float(f"{value:.{_DIGITS}g}"))  # 999.7 µs is 1.00 ms
    scale, name = next(s for s in _SCALES[unit] if rounded >= s[0] or s[0] == 1.0)
    suffix = f" {name}" if name else ""
    step = max(_supported_step(low, high, scale), _FINEST.get(name, 0.0))
    text = f"{digits(value / scale, step)}{suffix}"
    if low is None or high is None:
        return Shown(value=text, interval="")
    bounds = f"{digits(low / scale, step)}–{digits(high / scale, step)}"
    return Shown(value=text, interval=f"{bounds}{suffix}")


def ratio(value: float, low: float | None = None, high: float | None = None) -> Shown:
    """A ratio as "1.80×", and its interval as "1.71–1.90"."""
    shown = quantity(value, "1", low, high)
    return Shown(value=f"{shown.value}×", interval=shown.interval)


def percent(share: float) -> str:
    """A share as "3 %"."""
    return f"{100 * share:.3g} %"


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
