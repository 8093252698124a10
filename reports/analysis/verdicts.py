"""From a ratio's interval, its corrected p and the pace of both contenders to one verdict."""

import math
from dataclasses import dataclass
from enum import StrEnum

from reports.analysis.intervals import Centre
from reports.analysis.signed_rank import Interval
from results.format import Quantity
from results.plan import ALPHA, FEWEST_BLOCKS


class Verdict(StrEnum):
    """What is said of a pair, as written in summary.json."""

    A_FASTER = "a faster"
    B_FASTER = "b faster"
    EQUIVALENT = "equivalent"
    UNDECIDED = "undecided"
    NOT_STEADY = "not steady"
    INVALID = "invalid"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What was fixed before measuring: m comparisons, margin δ, blocks; and what ratios are of.

    `measured` are the first and the last iteration that count, the same for all contenders where
    `quantity` is not steady. Of a run that is not `complete` nothing is decided: whoever stops when
    a result looks good would be right too rarely.
    """

    m: int
    delta: float
    blocks: int
    quantity: Quantity
    measured: tuple[int, int]
    complete: bool = True


def decide(ratio: Centre, p_adjusted: float, plan: Plan) -> Verdict:
    """The first verdict that fits a valid pair whose pace is known; `ratio` is b's time over a's.

    With fewer than six blocks, or before the last one, nothing is decided. Then *faster*, when p_adjusted < 0.05 and the
    interval excludes 1; *equivalent*, when the 90 % interval lies within the margin (two one-sided
    tests at 5 % each, not corrected for m); else undecided.
    Source of the equivalence rule: D. J. Schuirmann (1987), A comparison of the two one-sided tests
    procedure and the power approach, J. Pharmacokinetics and Biopharmaceutics 15, 657–680.
    """
    enough = ratio.blocks >= FEWEST_BLOCKS and plan.complete
    if not enough or ratio.wide is None or ratio.narrow is None:
        return Verdict.UNDECIDED
    if p_adjusted < ALPHA and not ratio.wide.low <= 1 <= ratio.wide.high:
        return Verdict.A_FASTER if ratio.value > 1 else Verdict.B_FASTER
    if within_margin(ratio.narrow, plan.delta):
        return Verdict.EQUIVALENT
    return Verdict.UNDECIDED


def within_margin(interval: Interval, delta: float) -> bool:
    """Whether an interval of ratios lies within a factor 1 + delta of 1, either way."""
    margin = math.log1p(delta)
    return -margin <= math.log(interval.low) and math.log(interval.high) <= margin
