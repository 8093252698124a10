"""After how many iterations a program has its pace, found in a study of long processes.

A stretch of iterations is compared with the end of the same process, over all processes at once:
wall times of one process tell too little on a shared machine. Comparing with the end, not with the
neighbours, sees through plateaus, such as the wait before a compiler's next tier; medians see
through bursts of noise, which a study has more of than a short run. Where a machine changes its
pace for seconds at a time some stretch always differs, so that p is corrected over all of them, and
what differs after the pace had been reached has to show it more clearly.
On the problem: E. Barrett et al. (2017), Virtual machine warmup blows hot and cold, OOPSLA;
L. Traini et al. (2023), Towards effective assessment of steady state performance in Java software:
are we there yet?, Empirical Software Engineering 28.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from reports.analysis.intervals import walsh_averages
from reports.analysis.max_t import adjusted

Floats = NDArray[np.float64]

FEWEST_PROCESSES = 5
_TOLERANCE = np.log1p(0.03)  # what comes later may differ by so much
_ALPHA = 0.1  # of all of them together: five processes that all agree have 1 / 16, and of eight
# one that compiled early may dissent
_AGAIN = 0.01  # once the pace was reached: a bump is a machine's more often than a program's
_STEP = 1.25  # from the start of one stretch to that of the next
_SHORTEST = 8  # iterations of a stretch: in longer ones medians would hide a short warm-up
_SHARE = 2  # a stretch is half as long as what went before: the median of a longer one would lie
# beyond a tier that comes within it
_SEED = 0  # draws the signs of a study of more processes than can be enumerated
_LONGER = 4  # a study is at least so many times as long as the warm-up that it finds


class Ending(StrEnum):
    """How the processes of a study ended."""

    SETTLED = "settled"
    WARMING = "still warming"
    SLOWING = "slowing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settling:
    """What a study found: `warmup` iterations are needed; all of the study's where none settled.

    `wanted` is how many iterations a study takes that can see the warm-up end, by what this one saw,
    where it was too short for that; else 0.
    """

    warmup: int
    ending: Ending
    wanted: int = 0


def settling(curves: Floats, window: int) -> Settling:
    """Find the warm-up in `curves`, shape (processes, iterations), times in one unit, all above 0.

    Let r(i) be the Hodges–Lehmann estimate over the processes of ln(median of the stretch that
    starts at i / median of the process's last half); a stretch has max(8, i / 2) iterations. The
    warm-up ends with the last stretch with |r(i)| beyond 3 % and p below 0.1, by max-T over all
    stretches (`reports.analysis.max_t`; a process is what a block is there); i goes 0, 1, 2, … and
    then grows by a quarter. After a stretch within 3 %, wholly behind those, p must be below 0.01.
    Where the last half changes its pace itself, by the same signs, or the study is not four times as
    long as the warm-up, it did not settle.
    Raises ValueError with fewer than five processes, or less than four windows of iterations.
    """
    processes, iterations = curves.shape
    if processes < FEWEST_PROCESSES or iterations < 4 * window:
        raise ValueError(
            f"{processes} processes of {iterations} iterations cannot show a warm-up: it takes"
            f" {FEWEST_PROCESSES} of {4 * window}"
        )
    half = iterations // 2
    starts = _starts(half)
    stretches = [_logarithms(curves[:, i : i + _stretch(i)], curves[:, half:]) for i in starts]
    stretches.append(_logarithms(*np.array_split(curves[:, half:], 2, axis=1)))
    *changes, last = (_centre(stretch) for stretch in stretches)
    *p, p_last = adjusted(np.array(stretches), _SEED)
    if abs(last) > _TOLERANCE and p_last < _ALPHA:
        ending = Ending.WARMING if last > 0 else Ending.SLOWING
        return Settling(warmup=iterations, ending=ending)
    warmup = _end(starts, changes, p)
    if warmup * _LONGER > iterations:
        wanted = warmup * _LONGER
        return Settling(warmup=iterations, ending=Ending.WARMING, wanted=wanted)
    return Settling(warmup=warmup, ending=Ending.SETTLED)


def _end(starts: Sequence[int], changes: Sequence[float], p: Sequence[float]) -> int:
    """Where the last stretch ends that differs."""
    end, reached = 0, False
    for start, change, own in zip(starts, changes, p, strict=True):
        if abs(change) <= _TOLERANCE:
            reached = reached or start >= end
        elif own < (_AGAIN if reached else _ALPHA):
            end, reached = start + _stretch(start), False
    return end


def _starts(half: int) -> list[int]:
    """Where stretches start, as long as they end before the last half."""
    starts = [0]
    while (start := max(starts[-1] + 1, round(starts[-1] * _STEP))) + _stretch(start) <= half:
        starts.append(start)
    return starts


def _stretch(start: int) -> int:
    return max(_SHORTEST, start // _SHARE)


def _logarithms(earlier: Floats, later: Floats) -> Floats:
    """ln(earlier / later) by process, of the medians of their iterations."""
    found: Floats = np.log(np.median(earlier, axis=1) / np.median(later, axis=1))
    return found


def _centre(logarithms: Floats) -> float:
    """The Hodges–Lehmann estimate over the processes."""
    return float(np.median(walsh_averages(logarithms)))
