"""One iteration of each contender, as the timeline draws it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Trace:
    """One iteration of one contender; times in ns since its start, one element per ping.

    `seen` and `sent` are the origin's and NaN where it was not there.
    """

    contender: str
    block: int
    iteration: int
    real_ns: float
    chain: Floats
    start: Floats
    end: Floats
    seen: Floats
    sent: Floats

    @property
    def chains(self) -> int:
        return int(self.chain.max()) + 1

    @property
    def at_origin_ns(self) -> float:
        return float(np.nansum(self.sent - self.seen))

    @property
    def sum_ns(self) -> float:
        return float(np.sum(self.end - self.start))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Bars:
    """Stretches of time of a chain each; ns since the iteration's start."""

    left: Floats
    right: Floats
    chain: Floats


def joined(trace: Trace, gap_ns: float) -> Bars:
    """The pings, those of a chain that follow each other within `gap_ns` as one bar."""
    order = np.lexsort((trace.start, trace.chain))
    chain, start, end = trace.chain[order], trace.start[order], trace.end[order]
    apart = np.ones(chain.size, dtype=bool)
    apart[1:] = (np.diff(chain) != 0) | (start[1:] - end[:-1] > gap_ns)
    first = np.flatnonzero(apart)
    last = np.append(first[1:], chain.size) - 1
    return Bars(left=start[first], right=end[last], chain=chain[first])


def at_origin(trace: Trace, shortest_ns: float) -> Bars:
    """The part of each ping between request seen and answer sent, where long enough to be drawn."""
    long = trace.sent - trace.seen > shortest_ns  # false where the origin was not there
    return Bars(left=trace.seen[long], right=trace.sent[long], chain=trace.chain[long])
