"""What a machine can show, from blocks in which two contenders are the same program."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from reports.analysis.intervals import Centre, centre
from reports.analysis.max_t import adjusted
from reports.analysis.verdicts import Plan, Verdict, decide
from results.plan import ALPHA, DELTA

Floats = NDArray[np.float64]

POWER = 0.8
# Of a difference; from the smallest that anybody asks for to a factor of two.
STEPS = (0.01, 0.02, 0.03, 0.04, 0.05, 0.06, 0.08, 0.1, 0.12, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 1.0)
_RESAMPLED = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many of the `sessions` claimed a difference, and how many intervals held the ratio."""

    sessions: int
    claimed: int
    held: int


def differences_of(values: pd.DataFrame, workload: str, metric: str, a: str, b: str) -> Floats:
    """Return ln(b / a) of the blocks that have both; `values` is what `block_values` returns."""
    logs = np.log(values.loc[workload][metric].unstack("block"))
    found: Floats = (logs.loc[b] - logs.loc[a]).dropna().to_numpy(np.float64)
    return found


def counts(differences: Floats, blocks: int, ratio: float) -> Counts:
    """Judge each `blocks` blocks in a row as a session that compares two contenders.

    `differences` are ln(b / a) of all blocks, without gaps; `ratio` is what b : a is in truth, at
    least 1. Where it is above, claims of the opposite do not count.
    """
    sessions = [
        differences[first : first + blocks]
        for first in range(0, differences.size - blocks + 1, blocks)
    ]
    plan = Plan(m=1, delta=DELTA, blocks=blocks, quantity="steady", measured=(0, 0))
    right = (Verdict.A_FASTER,) if ratio > 1 else (Verdict.A_FASTER, Verdict.B_FASTER)
    claimed, held = 0, 0
    for own in sessions:
        found = centre(own)
        verdict = decide(found, adjusted(own[None], 0)[0], plan)
        claimed += verdict in right
        held += _holds(found, ratio)
    return Counts(sessions=len(sessions), claimed=claimed, held=held)


def smallest_shown(differences: Floats, blocks: int, m: int, seed: int) -> float | None:
    """Return the smallest of `STEPS` that a run of so many blocks would claim 80 times out of 100.

    A run's m comparisons are drawn, with replacement and either sign, from the `differences` of two
    contenders that are the same, shape (n,); one of them is given the difference. None where not
    even the largest is claimed so often.
    """
    draw = np.random.default_rng(seed)
    size = (_RESAMPLED, m, blocks)
    runs = draw.choice(differences - np.median(differences), size) * draw.choice([-1.0, 1.0], size)
    low, high = 0, len(STEPS)
    while low < high:  # more is found of what is larger
        middle = (low + high) // 2
        if _power(runs, STEPS[middle]) >= POWER:
            high = middle
        else:
            low = middle + 1
    return STEPS[low] if low < len(STEPS) else None


def _power(runs: Floats, difference: float) -> float:
    found = 0
    for run in runs:
        planted = run.copy()
        planted[0] += np.log1p(difference)
        found += adjusted(planted, 0)[0] < ALPHA
    return found / len(runs)


def _holds(found: Centre, ratio: float) -> bool:
    return found.wide is not None and found.wide.low <= ratio <= found.wide.high
