"""Verdicts, and the sentences that tell them."""

from dataclasses import replace

import pytest

from reports.analysis.intervals import Centre
from reports.analysis.signed_rank import Interval
from reports.analysis.steadiness import Pace, Steadiness
from reports.analysis.validity import InvalidRow
from reports.analysis.verdicts import Plan, Verdict, decide, within_margin
from reports.words.sentences import invalid_sentence, sentence, unsteady_sentence
from results.format import Quantity

PLAN = Plan(m=36, delta=0.03, blocks=15, quantity="steady", measured=(20, 60))


def ratio(value: float, low: float, high: float, blocks: int = 15) -> Centre:
    """A ratio whose 90 % interval is half as wide, on either side, as its 95 % one."""
    narrow = Interval(low=(low + value) / 2, high=(high + value) / 2)
    return Centre(value=value, wide=Interval(low=low, high=high), narrow=narrow, blocks=blocks)


@pytest.mark.parametrize(
    ("found", "p_adjusted", "verdict"),
    [
        (ratio(1.8, 1.71, 1.9), 0.002, Verdict.A_FASTER),
        (ratio(0.5, 0.45, 0.55), 0.002, Verdict.B_FASTER),
        (ratio(1.01, 1.005, 1.02), 0.002, Verdict.A_FASTER),
        (ratio(1.01, 0.99, 1.03), 1.0, Verdict.EQUIVALENT),
        (ratio(1.02, 1.01, 1.045), 0.5, Verdict.UNDECIDED),
        (ratio(1.8, 1.71, 1.9), 0.05, Verdict.UNDECIDED),
        (ratio(1.8, 0.99, 1.9), 0.002, Verdict.UNDECIDED),
        (ratio(1.8, 1.71, 1.9, blocks=6), 0.03125, Verdict.A_FASTER),
        (Centre(value=1.8, wide=None, narrow=None, blocks=5), 0.0, Verdict.UNDECIDED),
    ],
)
def test_the_first_verdict_that_fits_is_given(
    found: Centre, p_adjusted: float, verdict: Verdict
) -> None:
    assert decide(found, p_adjusted, PLAN) is verdict


def test_the_margin_is_the_same_factor_both_ways() -> None:
    assert within_margin(Interval(low=0.971, high=1.0299), 0.03)
    assert not within_margin(Interval(low=0.97, high=1.0), 0.03)  # 1/1.03 is 0.9709
    assert not within_margin(Interval(low=1.0, high=1.0301), 0.03)


@pytest.mark.parametrize(
    ("verdict", "found", "expected"),
    [
        (
            Verdict.A_FASTER,
            ratio(1.803, 1.712, 1.899),
            "C# HttpClient is 1.80× as fast as Node http (steady, 95 % interval 1.71–1.90, 15 blocks)",
        ),
        (
            Verdict.B_FASTER,
            ratio(0.5, 0.42, 0.6),
            "Node http is 2.00× as fast as C# HttpClient (steady, 95 % interval 1.67–2.38, 15 blocks)",
        ),
        (
            Verdict.A_FASTER,
            ratio(1.0123, 1.0042, 1.0204),
            "C# HttpClient is 1.01× as fast as Node http, faster by less than 3 % "
            "(steady, 95 % interval 1.00–1.02, 15 blocks)",
        ),
        (
            Verdict.EQUIVALENT,
            ratio(1.0, 0.98, 1.02),
            "C# HttpClient and Node http are equivalent within 3 % "
            "(steady, 90 % interval 0.990–1.01, 15 blocks)",
        ),
        (
            Verdict.UNDECIDED,
            ratio(1.01, 0.92, 1.05),
            "C# HttpClient and Node http: no difference found; at most 8.7 % apart, if at all "
            "(steady, 95 % interval 0.92–1.05, 15 blocks)",
        ),
        (
            Verdict.UNDECIDED,
            ratio(1.05, 1.02, 1.11),
            "C# HttpClient and Node http: suggests a difference "
            "(steady, 95 % interval 1.02–1.11, 15 blocks), not proven among 36 comparisons",
        ),
        (
            Verdict.UNDECIDED,
            Centre(value=1.8, wide=None, narrow=None, blocks=3),
            "C# HttpClient and Node http: only 3 of 15 blocks were measured, "
            "and a comparison needs 6",
        ),
        (
            Verdict.UNDECIDED,
            None,
            "C# HttpClient and Node http: only 0 of 15 blocks were measured, "
            "and a comparison needs 6",
        ),
    ],
)
def test_each_verdict_has_its_sentence(
    verdict: Verdict, found: Centre | None, expected: str
) -> None:
    assert sentence(verdict, "C# HttpClient", "Node http", found, PLAN) == expected


@pytest.mark.parametrize(
    ("quantity", "measured", "told"),
    [
        ("young", (1, 12), "(young, 95 %"),
        ("as measured", (6, 11), "(as measured, iterations 6 to 11, 95 %"),
        ("as measured", (6, 6), "(as measured, iteration 6, 95 %"),
    ],
)
def test_a_sentence_names_its_quantity(
    quantity: Quantity, measured: tuple[int, int], told: str
) -> None:
    plan = replace(PLAN, quantity=quantity, measured=measured)
    assert told in sentence(Verdict.A_FASTER, "A", "B", ratio(1.8, 1.7, 1.9), plan)


def test_nothing_is_decided_before_the_last_block() -> None:
    plan, found = replace(PLAN, complete=False), ratio(1.8, 1.71, 1.9)
    assert decide(found, 0.002, plan) is Verdict.UNDECIDED
    assert sentence(Verdict.UNDECIDED, "A", "B", found, plan) == (
        "A and B: no verdict before the last block; B took 1.80× the time of A "
        "(steady, 95 % interval 1.71–1.90, 15 blocks)"
    )


@pytest.mark.parametrize(
    ("pace", "told"),
    [
        (Pace.WARMING, "B was still warming (the second half of its iterations took 0.90× the "),
        (Pace.SLOWING, "B became slower (the second half"),
        (Pace.UNSETTLED, "B was not shown to settle by its study"),
        (Pace.UNKNOWN, "B may have drifted by more than 10 % (the second half"),
    ],
)
def test_who_was_not_steady_is_told_with_the_reason(pace: Pace, told: str) -> None:
    found = Steadiness(
        ratio=0.9,
        interval=Interval(low=0.85, high=0.95),
        p_adjusted=0.01,
        bound=0.18,
        blocks=8,
        pace=pace,
    )
    assert f"A and B: no verdict, because {told}" in unsteady_sentence("A", "B", [("B", found)])
    assert "each is proven faster in one half" in unsteady_sentence("A", "B", [])


def test_an_excluded_difference_is_rounded_up() -> None:
    for high, at_most in ((1.0412, "at most 4.2 % apart"), (1.161, "at most 17 % apart")):
        told = sentence(Verdict.UNDECIDED, "A", "B", ratio(1.0, 0.99, high), PLAN)
        assert f"A and B: no difference found; {at_most}, if at all (" in told
    told = sentence(Verdict.UNDECIDED, "A", "B", ratio(1.0, 0.4, 1.2), PLAN)
    assert "one takes at most 2.50× as long as the other, if at all" in told


def test_an_invalid_pair_says_who_broke_what() -> None:
    def rule(name: str) -> InvalidRow:
        return InvalidRow(workload="survey", contender="x/y", rule=name, seen="two heads")

    assert invalid_sentence("A", "B", [("B", [rule("W3"), rule("P6")])]) == (
        "A and B are not compared, because B broke W3, P6"
    )
    assert invalid_sentence("A", "B", [("A", [rule("W1")]), ("B", [rule("W3")])]) == (
        "A and B are not compared, because A broke W1 and B broke W3"
    )
