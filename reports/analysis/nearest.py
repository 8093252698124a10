"""Which of a contender's iterations is drawn: the one whose time is nearest to its estimate."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from reports.analysis.intervals import centre
from reports.analysis.rows import Rows

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


class Iteration(NamedTuple):
    """An iteration: its time in ns, its block, its number."""

    real_ns: float
    block: int
    number: int


def nearest_iteration(rows: Rows, places: Sequence[int]) -> Iteration | None:
    """The iteration nearest to the estimate of one cell, whose invocations have these `places`.

    Among those that verdicts are about, of invocations that stand for their block; the estimate is
    that of the tables, from the means of blocks. Nearest by ratio, the earliest of several.
    """
    own = [each for each in _deciding(rows, places) if each[1].size]
    if not own:
        return None
    estimate = centre(np.log([times.mean() for _, times, _ in own])).value
    apart = [np.abs(np.log(times / estimate)) for _, times, _ in own]
    chosen = int(np.argmin([each.min() for each in apart]))
    block, times, numbers = own[chosen]
    place = int(np.argmin(apart[chosen]))
    return Iteration(float(times[place]), block, int(numbers[place]))


def _deciding(rows: Rows, places: Sequence[int]) -> Iterator[tuple[int, Floats, Integers]]:
    """By block, its deciding iterations' times (ns, above 0) and numbers."""
    standing = [index for index in places if rows.standing[index]]
    for index in sorted(standing, key=lambda index: rows.records[index].recorded["block"]):
        iterations = rows.records[index].iterations
        times = (iterations.end - iterations.start).astype(np.float64)
        decides = rows.decides(index, iterations.number) & (times > 0)
        block = rows.records[index].recorded["block"]
        yield block, times[decides], iterations.number[decides]
