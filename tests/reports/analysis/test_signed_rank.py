"""The signed-rank test and its interval, against tables, textbook and enumeration."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from reports.analysis.intervals import plain_centre, walsh_averages
from reports.analysis.signed_rank import interval, p_value

# Depression scores before and after a tranquillizer; Hollander, Wolfe and Chicken (2014),
# Nonparametric Statistical Methods, 3rd ed., table 3.1, worked in examples 3.1, 3.3 and 3.4.
BEFORE = np.array([1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30])
AFTER = np.array([0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29])

# Largest T that is significant, two-sided; Wilcoxon (1945) as tabled in textbooks.
TABLE = {
    0.95: {6: 0, 7: 2, 8: 3, 9: 5, 10: 8, 12: 13, 15: 25, 20: 52, 25: 89, 30: 137},
    0.90: {6: 2, 7: 3, 8: 5, 9: 8, 10: 10, 12: 17, 15: 30, 20: 60, 25: 100, 30: 151},
}


def test_the_textbook_example_has_its_published_p_estimate_and_interval() -> None:
    differences = AFTER - BEFORE
    averages = walsh_averages(differences)
    assert p_value(differences) == pytest.approx(2 * 0.0195, abs=1e-3)
    assert plain_centre(differences).value == pytest.approx(-0.46, abs=5e-3)
    assert interval(averages, 9, 0.95) == pytest.approx((-0.786, -0.010), abs=5e-4)


@pytest.mark.parametrize("level", TABLE)
def test_critical_values_are_those_of_the_published_table(level: float) -> None:
    found = {}
    for blocks in TABLE[level]:
        ranks = np.arange(blocks * (blocks + 1) // 2, dtype=np.float64)
        found[blocks] = int(interval(ranks, blocks, level)[0])
    assert found == TABLE[level]


def test_at_six_blocks_the_interval_is_the_whole_range_of_walsh_averages() -> None:
    averages = walsh_averages(np.array([0.3, 0.1, 0.2, -0.1, 0.5, 0.4]))
    assert interval(averages, 6, 0.95) == (averages[0], averages[-1])
    assert interval(averages, 6, 0.90) == (averages[2], averages[-3])


def test_five_blocks_have_no_interval() -> None:
    with pytest.raises(ValueError, match="5 blocks have no"):
        interval(walsh_averages(np.arange(1.0, 6.0)), 5, 0.95)


def test_an_interval_of_other_values_is_refused() -> None:
    with pytest.raises(ValueError, match="not those of 7 values"):
        interval(walsh_averages(np.arange(1.0, 7.0)), 7, 0.95)


@pytest.mark.parametrize("blocks", [6, 9, 15, 30, 50])
def test_without_ties_p_is_that_of_scipy(blocks: int) -> None:
    draw = np.random.default_rng(blocks)
    for shift in (0.0, 0.3, 1.0):
        differences = draw.normal(shift, 1, blocks)
        # "exact" was spelt `mode` before scipy 1.9 and is the third parameter's neighbour since.
        expected = stats.wilcoxon(differences, method="exact").pvalue
        assert p_value(differences) == pytest.approx(expected, rel=1e-12)


@given(st.lists(st.integers(-4, 4), min_size=1, max_size=9))
def test_with_ties_and_zeros_p_is_that_of_all_signs_of_the_ranks(values: list[int]) -> None:
    differences = np.array(values, dtype=np.float64)
    kept = differences[differences != 0]
    ranks = stats.rankdata(np.abs(kept))
    observed = ranks[kept > 0].sum()
    extreme = abs(observed - ranks.sum() / 2)
    sums = [np.dot(ranks, signs) for signs in product((0, 1), repeat=kept.size)]
    expected = np.mean([abs(each - ranks.sum() / 2) >= extreme - 1e-9 for each in sums])
    assert p_value(differences) == pytest.approx(expected)


def test_no_difference_at_all_gives_p_one() -> None:
    assert p_value(np.zeros(8)) == 1.0


def test_the_smallest_p_of_n_blocks_is_two_to_the_one_minus_n() -> None:
    assert p_value(np.arange(1.0, 16.0)) == 2.0**-14
