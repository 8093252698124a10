"""Verdicts, and the sentences that tell them."""

import pytest

from reports.analysis.intervals import Centre
from reports.analysis.signed_rank import Interval
from reports.analysis.validity import InvalidRow
from reports.analysis.verdicts import Plan, Verdict, decide, within_margin
from reports.words.sentences import invalid_sentence, sentence

PLAN = Plan(m=36, delta=0.03, blocks=15)


def ratio(value: float, low: float, high: float, blocks: int = 15) -> Centre:
    """A ratio whose 90 % interval is half as wide, on either side, as its 95 % one."""
    narrow = Interval(low=(low + value) / 2, high=(high + value) / 2)
    return Centre(value=value, wide=Interval(low=low, high=high), narrow=narrow, blocks=blocks)


@pytest.mark.parametrize(
    ("found", "p_holm", "verdict"),
    [
        (ratio(1.8, 1.71, 1.9), 0.002, Verdict.A_FASTER),
        (ratio(0.5, 0.45, 0.55), 0.002, Verdict.B_FASTER),
        (ratio(1.01, 1.005, 1.02), 0.002, Verdict.A_FASTER),
        (ratio(1.01, 0.99, 1.03), 1.0, Verdict.EQUIVALENT),
        (ratio(1.02, 1.01, 1.045), 0.5, Verdict.UNDECIDED),
        (ratio(1.8, 1.71, 1.9), 0.05, Verdict.UNDECIDED),
        (ratio(1.8, 1.71, 1.9, blocks=10), 0.002, Verdict.FIRST_LOOK),
        (ratio(1.0, 0.999, 1.001, blocks=6), 1.0, Verdict.FIRST_LOOK),
        (Centre(value=1.8, wide=None, narrow=None, blocks=5), 0.0, Verdict.UNDECIDED),
    ],
)
def test_the_first_verdict_that_fits_is_given(
    found: Centre, p_holm: float, verdict: Verdict
) -> None:
    assert decide(found, p_holm, PLAN) is verdict


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
            "C# HttpClient is 1.80× as fast as Node http (95 % interval 1.71–1.90, 15 blocks)",
        ),
        (
            Verdict.B_FASTER,
            ratio(0.5, 0.42, 0.6),
            "Node http is 2.00× as fast as C# HttpClient (95 % interval 1.67–2.38, 15 blocks)",
        ),
        (
            Verdict.A_FASTER,
            ratio(1.0123, 1.0042, 1.0204),
            "C# HttpClient is 1.01× as fast as Node http, faster by less than 3 % "
            "(95 % interval 1.00–1.02, 15 blocks)",
        ),
        (
            Verdict.EQUIVALENT,
            ratio(1.0, 0.98, 1.02),
            "C# HttpClient and Node http are equivalent within 3 % "
            "(90 % interval 0.990–1.01, 15 blocks)",
        ),
        (
            Verdict.UNDECIDED,
            ratio(1.01, 0.92, 1.05),
            "C# HttpClient and Node http: no difference found; one above ×1.09 is excluded "
            "(95 % interval 0.92–1.05, 15 blocks)",
        ),
        (
            Verdict.UNDECIDED,
            ratio(1.05, 1.02, 1.11),
            "C# HttpClient and Node http: suggests a difference "
            "(95 % interval 1.02–1.11, 15 blocks), not proven among 36 comparisons",
        ),
        (
            Verdict.FIRST_LOOK,
            ratio(1.8, 1.2, 2.6, blocks=6),
            "first look: 6 blocks cannot decide 36 comparisons; Node http took 1.8× the time of "
            "C# HttpClient (95 % interval 1.2–2.6)",
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


def test_an_excluded_difference_is_rounded_up() -> None:
    told = sentence(Verdict.UNDECIDED, "A", "B", ratio(1.0, 0.99, 1.0412), PLAN)
    assert "one above ×1.05 is excluded" in told


def test_an_invalid_pair_says_who_broke_what() -> None:
    def rule(name: str) -> InvalidRow:
        return InvalidRow(workload="survey", contender="x/y", rule=name, seen="two heads")

    assert invalid_sentence("A", "B", [("B", [rule("W3"), rule("P6")])]) == (
        "A and B are not compared, because B broke W3, P6"
    )
    assert invalid_sentence("A", "B", [("A", [rule("W1")]), ("B", [rule("W3")])]) == (
        "A and B are not compared, because A broke W1 and B broke W3"
    )
