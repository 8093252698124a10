"""Round positions for axes, on linear and logarithmic scales."""

import math
from collections.abc import Sequence

_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
_MANTISSAS = ((1.0, 1.5, 2.0, 3.0, 5.0, 7.0), (1.0, 2.0, 5.0), (1.0, 2.0, 4.0), (1.0, 3.0), (1.0,))
# As a share of an even distance: labels that are nearer to each other touch on a small chart.
_ROOM = 0.6


def linear(low: float, high: float, at_most: int) -> tuple[float, ...]:
    """At most `at_most` (>= 2) multiples of a round step within [low, high]."""
    if not high > low:
        return (low,)
    rough = (high - low) / at_most
    power = 10.0 ** math.floor(math.log10(rough))
    for step in (power * factor for factor in (*_STEPS, 20.0)):
        first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
        if last - first + 1 <= at_most:
            break
    return tuple(round(index * step, 12) for index in range(first, last + 1))


def logarithmic(low: float, high: float, at_most: int) -> tuple[float, ...]:
    """At most `at_most` (>= 2) round values within [low, high], both positive.

    Where powers of ten and their usual fractions give no three that leave room for labels, steps
    are even; where those leave none either, few values span the axis.
    """
    powers = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    choices = [
        tuple(
            value
            for power in powers
            for value in (mantissa * 10.0**power for mantissa in mantissas)
            if low * (1 - 1e-9) <= value <= high * (1 + 1e-9)
        )
        for mantissas in _MANTISSAS
    ]
    choices.append(linear(low, high, at_most))
    fitting = [ticks for ticks in choices if 2 <= len(ticks) <= at_most]
    if not fitting:
        return choices[-2][:: math.ceil(len(choices[-2]) / at_most)] or choices[-1]
    nearest = _ROOM * math.log(high / low) / at_most
    roomy = [ticks for ticks in fitting if min(map(_apart, ticks, ticks[1:])) >= nearest]
    for ticks in roomy:
        if len(ticks) >= 3:
            return ticks
    return max(roomy or fitting, key=lambda ticks: ticks[-1] / ticks[0])


def _apart(one: float, next_one: float) -> float:
    return math.log(next_one / one)


def label(value: float) -> str:
    """A position on an axis in full: never as a power of ten."""
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}"


def padded(values: Sequence[float], share: float = 0.06) -> tuple[float, float]:
    """Limits around positive values with `share` of their logarithmic range on either side."""
    low, high = min(values), max(values)
    spread = max(math.log(high / low), 0.05)
    return low * math.exp(-share * spread), high * math.exp(share * spread)
