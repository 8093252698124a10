"""After how many iterations a program has its pace, found in a study of long processes.

A stretch of iterations is compared with the end of the same process, over all processes at once:
wall times of one process tell too little on a shared machine. Comparing with the end, not with the
neighbours, sees through plateaus, such as the wait before a compiler's next tier; medians see
through bursts of noise, which a study has more of than a short run.
On the problem: E. Barrett et al. (2017), Virtual machine warmup blows hot and cold, OOPSLA;
L. Traini et al. (2023), Towards effective assessment of steady state performance in Java software:
are we there yet?, Empirical Software Engineering 28.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from reports.analysis.intervals import walsh_averages
from reports.analysis.signed_rank import p_value

Floats = NDArray[np.float64]

FEWEST_PROCESSES = 5
TOLERANCE = 0.03  # what comes later may differ by so much
_ALPHA = 0.2  # of one stretch: of five processes, one that compiled early may dissent
_ALPHA_END = 0.07  # of a change in the last half: five processes that all agree have 1 / 16
_STEP = 1.25  # from the start of one stretch to that of the next
_SHORTEST = 8  # iterations of a stretch: in longer ones medians would hide a short warm-up
_LONGER = 4  # a study is at least so many times as long as the warm-up that it finds


class Ending(StrEnum):
    """How the processes of a study ended."""

    SETTLED = "settled"
    WARMING = "still warming"
    SLOWING = "slowing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settling:
    """What a study found: `warmup` iterations are needed; all of the study's where none settled."""

    warmup: int
    ending: Ending


def settling(curves: Floats, window: int) -> Settling:
    """Find the warm-up in `curves`, shape (processes, iterations), times in one unit, all above 0.

    Let r(i) be the Hodges–Lehmann estimate over the processes of ln(median of the stretch that
    starts at i / median of the process's last half); a stretch has max(8, i) iterations. The
    warm-up ends one step after the last i with |r(i)| beyond 3 % and a signed-rank p below 0.2; i
    goes 0, 1, 2, … and then grows by a quarter. Where the last half itself changes its pace, or the
    study is not four times as long as the warm-up, it did not settle.
    Raises ValueError with fewer than five processes, or less than four windows of iterations.
    """
    processes, iterations = curves.shape
    if processes < FEWEST_PROCESSES or iterations < 4 * window:
        raise ValueError(
            f"{processes} processes of {iterations} iterations cannot show a warm-up: it takes"
            f" {FEWEST_PROCESSES} of {4 * window}"
        )
    half = iterations // 2
    earlier, later = np.array_split(curves[:, half:], 2, axis=1)
    change = _change(earlier, later, _ALPHA_END)
    if change != 0:
        ending = Ending.WARMING if change > 0 else Ending.SLOWING
        return Settling(warmup=iterations, ending=ending)
    starts = _starts(half)
    unlike = [
        place
        for place, i in enumerate(starts[:-1])
        if _change(curves[:, i : i + max(_SHORTEST, i)], curves[:, half:], _ALPHA) != 0
    ]
    warmup = starts[unlike[-1] + 1] if unlike else 0
    if warmup * _LONGER > iterations:
        return Settling(warmup=iterations, ending=Ending.WARMING)
    return Settling(warmup=warmup, ending=Ending.SETTLED)


def _starts(half: int) -> list[int]:
    """Where stretches start, as long as they end before the last half; and one start more."""
    starts = [0]
    while starts[-1] + max(_SHORTEST, starts[-1]) <= half:
        starts.append(max(starts[-1] + 1, round(starts[-1] * _STEP)))
    return starts


def _change(earlier: Floats, later: Floats, alpha: float) -> float:
    """Return the estimate of ln(earlier / later) over processes, or 0 where it is not shown."""
    logarithms = np.log(np.median(earlier, axis=1) / np.median(later, axis=1))
    estimate = float(np.median(walsh_averages(logarithms)))
    shown = abs(estimate) > np.log1p(TOLERANCE) and p_value(logarithms) < alpha
    return estimate if shown else 0.0
