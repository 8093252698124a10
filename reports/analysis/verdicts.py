"""From a ratio's interval and its corrected p to one of six verdicts."""

import math
from dataclasses import dataclass
from enum import StrEnum

from reports.analysis.intervals import Centre
from reports.analysis.signed_rank import Interval
from results.plan import ALPHA, FEWEST_BLOCKS, can_decide


class Verdict(StrEnum):
    """What is said of a pair, as written in summary.json."""

    A_FASTER = "a faster"
    B_FASTER = "b faster"
    EQUIVALENT = "equivalent"
    UNDECIDED = "undecided"
    FIRST_LOOK = "first look"
    INVALID = "invalid"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What was fixed before measuring: m comparisons, margin δ, blocks."""

    m: int
    delta: float
    blocks: int


def decide(ratio: Centre, p_holm: float, plan: Plan) -> Verdict:
    """The first verdict that fits a valid pair; `ratio` is b's time over a's.

    With fewer than six blocks nothing is decided. Where m 2^(1 - n) >= 0.05, not even the smallest
    p that n blocks can give would survive the correction: a first look. Then *faster*, when
    p_holm < 0.05; *equivalent*, when the 90 % interval lies within the margin (two one-sided tests
    at 5 % each, not corrected for m); else undecided.
    Source of the equivalence rule: D. J. Schuirmann (1987), A comparison of the two one-sided tests
    procedure and the power approach, J. Pharmacokinetics and Biopharmaceutics 15, 657–680.
    """
    if ratio.blocks < FEWEST_BLOCKS:
        return Verdict.UNDECIDED
    if not can_decide(plan.m, ratio.blocks):
        return Verdict.FIRST_LOOK
    if p_holm < ALPHA:
        return Verdict.A_FASTER if ratio.value > 1 else Verdict.B_FASTER
    if ratio.narrow is not None and within_margin(ratio.narrow, plan.delta):
        return Verdict.EQUIVALENT
    return Verdict.UNDECIDED


def within_margin(interval: Interval, delta: float) -> bool:
    """Whether an interval of ratios lies within a factor 1 + delta of 1, either way."""
    margin = math.log1p(delta)
    return -margin <= math.log(interval.low) and math.log(interval.high) <= margin
