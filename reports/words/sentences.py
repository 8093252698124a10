"""Verdicts in words. All that is ever said of a pair is said here."""

import math
from collections.abc import Sequence

from reports.analysis.break_even import BreakEven
from reports.analysis.intervals import Centre
from reports.analysis.signed_rank import Interval
from reports.analysis.steadiness import Steadiness
from reports.analysis.validity import TOO_FEW_BLOCKS, InvalidRow
from reports.analysis.verdicts import Plan, Verdict, within_margin
from reports.words.break_even import plural, rounded
from reports.words.paces import pace_reason
from reports.words.quantities import quantity_words
from reports.words.units import bound, percent, ratio
from results.plan import FEWEST_BLOCKS


def sentence(verdict: Verdict, a: str, b: str, found: Centre | None, plan: Plan) -> str:
    """What a verdict says of the contenders labelled `a` and `b`; `found` is b's time over a's.

    Labels go in as they are: whoever shows the sentence escapes it for its medium.
    """
    if found is None or found.wide is None or found.narrow is None:
        blocks = 0 if found is None else found.blocks
        return (
            f"{a} and {b}: only {blocks} of {plan.blocks} blocks were measured, "
            f"and a comparison needs {FEWEST_BLOCKS}"
        )
    if not plan.complete:
        evidence = _evidence("95 %", found.value, found.wide, found.blocks, plan)
        times = ratio(found.value, found.wide.low, found.wide.high).value
        return f"{a} and {b}: no verdict before the last block; {b} took {times} the time of {a} ({evidence})"
    match verdict:
        case Verdict.A_FASTER:
            return _faster(a, b, found.value, found.wide, found.blocks, plan)
        case Verdict.B_FASTER:
            seen_from_b = Interval(low=1 / found.wide.high, high=1 / found.wide.low)
            return _faster(b, a, 1 / found.value, seen_from_b, found.blocks, plan)
        case Verdict.EQUIVALENT:
            evidence = _evidence("90 %", found.value, found.narrow, found.blocks, plan)
            return f"{a} and {b} are equivalent within {percent(plan.delta)} ({evidence})"
        case _:
            return _undecided(a, b, found.value, found.wide, found.blocks, plan)


def invalid_sentence(a: str, b: str, broken: Sequence[tuple[str, Sequence[InvalidRow]]]) -> str:
    """Why `a` and `b` have no ratio: each invalid one's label, with the rules it broke."""
    reasons = " and ".join(f"{label} {_reason(rules)}" for label, rules in broken)
    return f"{a} and {b} are not compared, because {reasons}"


def unsteady_sentence(a: str, b: str, unsteady: Sequence[tuple[str, Steadiness]]) -> str:
    """Why `a` and `b` have no verdict: whose pace, by label, or none where halves contradict."""
    if not unsteady:
        return (
            f"{a} and {b}: no verdict, because each is proven faster in one half of the measured "
            "iterations"
        )
    reasons = " and ".join(f"{label} {pace_reason(pace)}" for label, pace in unsteady)
    return f"{a} and {b}: no verdict, because {reasons}"


def typical_sentence(told: str, a: str, b: str, typical: Centre) -> str:
    """Add to what is told of the means that typical iterations order the two the other way round.

    `typical` is b's median over a's, with an interval that excludes 1.
    """
    value, interval = typical.value, typical.wide
    assert interval is not None
    faster, slower = a, b
    if value < 1:
        value, faster, slower = 1 / value, b, a
        interval = Interval(low=1 / interval.high, high=1 / interval.low)
    shown = ratio(value, interval.low, interval.high)
    return (
        f"{told}; that is with stalls: in a typical iteration, the median, {faster} is {shown.value} as "
        f"fast as {slower} (95 % interval {shown.interval})"
    )


def break_even_sentence(a: str, b: str, found: BreakEven, item: str) -> str:
    """What is said of the contenders labelled `a` and `b`."""
    ahead, behind = (a, b) if found.a_ahead else (b, a)
    within = f"{found.within:,} {plural(item)}"
    if found.low == 0 and found.high == math.inf:
        return f"{_once(a, b, found)}; who is ahead within {within} cannot be told"
    if found.items == 0 and not _led_once(found):
        return f"{_once(a, b, found)}; after {within} {ahead} does"
    if found.items == 0:
        return f"{_once(a, b, found)}; {behind} does not catch up within {within}"
    if math.isinf(found.items):
        return f"{_once(a, b, found)}; {ahead} is not surely ahead within {within}"
    since = f"{rounded(found.items)} {plural(item)}"
    if _led_once(found) and (found.once.value > 1) is found.a_ahead:
        overtaken = f"{behind} overtakes it, and {ahead} is ahead for good"
        return f"{_once(a, b, found)}; {overtaken} from {since} on{_range(found)}"
    return f"{_once(a, b, found)}; {ahead} is ahead from {since} on{_range(found)}"


def _faster(who: str, whom: str, value: float, wide: Interval, blocks: int, plan: Plan) -> str:
    evidence = _evidence("95 %", value, wide, blocks, plan)
    times = ratio(value, wide.low, wide.high).value
    if within_margin(wide, plan.delta):
        margin = percent(plan.delta)
        return f"{who} is {times} as fast as {whom}, faster by less than {margin} ({evidence})"
    return f"{who} is {times} as fast as {whom} ({evidence})"


def _undecided(a: str, b: str, value: float, wide: Interval, blocks: int, plan: Plan) -> str:
    evidence = _evidence("95 %", value, wide, blocks, plan)
    if wide.low <= 1 <= wide.high:
        excluded = max(wide.high, 1 / wide.low)
        return f"{a} and {b}: no difference found; {at_most(excluded)}, if at all ({evidence})"
    comparisons = "1 comparison" if plan.m == 1 else f"{plan.m} comparisons"
    return f"{a} and {b}: suggests a difference ({evidence}), not proven among {comparisons}"


def at_most(longer: float) -> str:
    """How far two are apart at most, from the longer time over the shorter; rounded up."""
    if longer >= 2:
        return f"one takes at most {bound(longer)}× as long as the other"
    share = 100 * (longer - 1)
    steps = 1 if share >= 10 else 10
    return f"at most {math.ceil(round(share * steps, 6)) / steps:g} % apart"


def _evidence(level: str, value: float, interval: Interval, blocks: int, plan: Plan) -> str:
    shown = ratio(value, interval.low, interval.high)
    quantity = quantity_words(plan.quantity, *plan.measured)
    return f"{quantity}, {level} interval {shown.interval}, {blocks} blocks"


def _reason(rules: Sequence[InvalidRow]) -> str:
    named = [rule["rule"] for rule in rules if rule["rule"] != TOO_FEW_BLOCKS]
    return f"broke {', '.join(named)}" if named else f"has {rules[0]['seen']}"


def _once(a: str, b: str, found: BreakEven) -> str:
    value, interval = found.once.value, found.once.wide
    if not _led_once(found):
        return f"Run once, start-up included, neither {a} nor {b} leads"
    low, high = (interval.low, interval.high) if interval else (None, None)
    if value < 1:
        value, low, high = 1 / value, high and 1 / high, low and 1 / low
    shown = ratio(value, low, high)
    leader = a if found.once.value > 1 else b
    return f"Run once, start-up included, {leader} leads {shown}"


def _led_once(found: BreakEven) -> bool:
    interval = found.once.wide
    return interval is None or not interval.low <= 1 <= interval.high


def _range(found: BreakEven) -> str:
    if found.low is None or found.high is None:
        return ""
    if math.isinf(found.high):
        return f" (95 % interval from {rounded(found.low)} to more than {found.within:,})"
    return f" (95 % interval {rounded(found.low)}–{rounded(found.high)})"
