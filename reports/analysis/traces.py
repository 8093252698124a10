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

    def longest_first(self, most: int) -> "Trace":
        """At most so many of its pings, those that took longest, in the order of their chains."""
        if self.start.size <= most:
            return self
        kept = np.sort(np.argsort(self.start - self.end, kind="stable")[:most])
        return Trace(
            contender=self.contender,
            block=self.block,
            iteration=self.iteration,
            real_ns=self.real_ns,
            chain=self.chain[kept],
            start=self.start[kept],
            end=self.end[kept],
            seen=self.seen[kept],
            sent=self.sent[kept],
        )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Bars:
    """Stretches of time of a chain each; ns since the iteration's start."""

    left: Floats
    right: Floats
    chain: Floats


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Parts:
    """Each ping in three: until the origin saw its request, there, and from its answer on.

    Where the origin was not there the whole ping is in `request`.
    """

    request: Bars
    origin: Bars
    answer: Bars


def parts_of(trace: Trace) -> Parts:
    """Cut the pings at the origin's moments."""
    seen = ~np.isnan(trace.seen) & ~np.isnan(trace.sent)
    left, right, chain = trace.seen[seen], trace.sent[seen], trace.chain[seen]
    return Parts(
        request=Bars(
            left=trace.start, right=np.where(seen, trace.seen, trace.end), chain=trace.chain
        ),
        origin=Bars(left=left, right=right, chain=chain),
        answer=Bars(left=right, right=trace.end[seen], chain=chain),
    )


def under_way(bars: Bars, edges: Floats) -> Floats:
    """How many of `bars` are under way between consecutive `edges` (ns, rising), on average."""
    spent = _passed(bars.left, edges) - _passed(bars.right, edges)
    busy: Floats = np.diff(spent) / np.diff(edges)
    return busy


def _passed(moments: Floats, edges: Floats) -> Floats:
    """Summed over `moments`, how long before each of `edges` they were; those after it not."""
    ordered = np.sort(moments)
    before = np.searchsorted(ordered, edges)
    sums = np.concatenate([[0.0], np.cumsum(ordered)])
    passed: Floats = before * edges - sums[before]
    return passed
