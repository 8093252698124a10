"""How often the whole procedure is wrong, simulated: false alarms, coverage, and its power.

Blocks share a disturbance, contenders have their own noise with heavy tails. Limits are those of
the binomial distribution at the number of trials, one in ten thousand for a correct procedure.
"""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from reports.analysis.comparisons import Comparison, compare
from reports.analysis.verdicts import Plan, Verdict, decide
from results.plan import pairs_of

pytestmark = pytest.mark.slow

CONTENDERS = ["a", "b", "c", "d"]
BLOCKS = 15
TRIALS = 400


def compared(draw: np.random.Generator, faster: float = 1.0) -> list[Comparison]:
    """One session of four contenders, of which `d` takes 1 / `faster` of the others' time."""
    shared = draw.normal(0, 0.10, (BLOCKS, 1))
    own = 0.02 * draw.standard_t(3, (BLOCKS, len(CONTENDERS)))
    times = np.exp(shared + own) * np.array([1, 1, 1, 1 / faster])
    index = pd.MultiIndex.from_product(
        [["survey"], CONTENDERS, range(BLOCKS)], names=["workload", "contender", "block"]
    )
    values = pd.DataFrame({"real": 1e6 * times.T.ravel()}, index=index)
    pairs = pairs_of({"survey": CONTENDERS}, dict.fromkeys(CONTENDERS))
    return compare(values, pairs, ["real"], {"survey": "real"}, 0)


def claimed(comparison: Comparison) -> bool:
    assert comparison.centre is not None and comparison.p_adjusted is not None
    plan = Plan(m=6, delta=0.03, blocks=BLOCKS, quantity="steady", measured=(1, 2))
    verdict = decide(comparison.centre, comparison.p_adjusted, plan)
    return verdict in (Verdict.A_FASTER, Verdict.B_FASTER)


def test_a_run_without_any_difference_makes_a_false_claim_in_at_most_one_of_twenty() -> None:
    draw = np.random.default_rng(1)
    wrong = sum(any(map(claimed, compared(draw))) for _ in range(TRIALS))
    assert wrong <= stats.binom.ppf(1 - 1e-4, TRIALS, 0.05)


def test_single_comparisons_are_wrong_as_often_as_their_level_says() -> None:
    draw = np.random.default_rng(2)
    # Of each session one pair, so that the trials are independent.
    p_values = [compared(draw)[0].p or 1 for _ in range(TRIALS)]
    wrong = sum(p < 0.05 for p in p_values)
    low, high = stats.binom.ppf([1e-4, 1 - 1e-4], TRIALS, 0.048)  # the exact test's own level
    assert low <= wrong <= high


def test_the_interval_holds_the_true_ratio_as_often_as_it_says() -> None:
    draw = np.random.default_rng(3)
    held = 0
    for _ in range(TRIALS):
        centre = compared(draw, faster=1.25)[2].centre  # a against d
        assert centre is not None and centre.wide is not None
        held += centre.wide.low <= 1 / 1.25 <= centre.wide.high
    low, high = stats.binom.ppf([1e-4, 1 - 1e-4], TRIALS, 0.952)
    assert low <= held <= high


def test_a_difference_of_a_quarter_is_found() -> None:
    draw = np.random.default_rng(4)
    found = sum(claimed(compared(draw, faster=1.25)[2]) for _ in range(TRIALS))
    assert found >= 0.95 * TRIALS
