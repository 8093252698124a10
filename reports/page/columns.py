"""Figures of one column in one unit, so that they can be compared by eye."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from reports.analysis.amounts import Amount
from reports.page.table import Cell
from reports.words.units import digits

_SCALES = {
    "ns": ((1e9, "s"), (1e6, "ms"), (1e3, "µs"), (1.0, "ns")),
    "bytes": ((2.0**30, "GiB"), (2.0**20, "MiB"), (2.0**10, "KiB"), (1.0, "B")),
    "1": ((1.0, ""),),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A value and its interval, in "ns", "bytes" or "1"."""

    value: float
    low: float | None = None
    high: float | None = None

    @classmethod
    def of(cls, amount: Amount) -> "Figure":
        """An amount, in its own unit."""
        return cls(value=amount.value, low=amount.low, high=amount.high)

    def over(self, divisor: float) -> "Figure":
        """The same of one of `divisor` equal parts."""
        low, high = self.low, self.high
        return Figure(
            value=self.value / divisor,
            low=None if low is None else low / divisor,
            high=None if high is None else high / divisor,
        )


def in_one_unit(figures: Sequence[Figure | None], unit: str) -> tuple[str, tuple[Cell, ...]]:
    """Return the unit that fits the middle of `figures`, and a cell each, a dash for None."""
    scale, name = fitting(figures, unit)
    return name, tuple(_cell(figure, scale) for figure in figures)


def fitting(figures: Sequence[Figure | None], unit: str) -> tuple[float, str]:
    """The unit that fits the middle of `figures`: how much of "ns", "bytes" or "1" it is; its name."""
    present = sorted(abs(f.value) for f in figures if f is not None and f.value)
    middle = present[len(present) // 2] if present else 1.0
    return next(s for s in _SCALES[unit] if middle >= s[0] or s is _SCALES[unit][-1])


def _cell(figure: Figure | None, scale: float) -> Cell:
    if figure is None:
        return Cell(text="–")
    low, high = figure.low, figure.high
    if low is None or high is None:
        return Cell(text=digits(figure.value / scale))
    step = 10.0 ** (math.floor(math.log10((high - low) / scale)) - 1) if high > low else 0.0
    return Cell(
        text=digits(figure.value / scale, step),
        detail=f"{digits(low / scale, step)}–{digits(high / scale, step)}",
    )
