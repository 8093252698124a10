"""Holm's correction."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.analysis.holm import adjusted

P_VALUES = st.lists(st.floats(0, 1), min_size=1, max_size=12)


def test_a_worked_example() -> None:
    # R: p.adjust(c(0.03, 0.01, 0.05, 0.02, 0.04), "holm")
    expected = [0.09, 0.05, 0.09, 0.08, 0.09]
    assert adjusted([0.03, 0.01, 0.05, 0.02, 0.04], 5) == pytest.approx(expected)


def test_comparisons_without_a_p_still_count() -> None:
    assert adjusted([0.01, 0.02], 4) == pytest.approx([0.04, 0.06])


def test_nothing_to_correct_gives_nothing() -> None:
    assert adjusted([], 36) == []


@given(P_VALUES, st.integers(0, 40))
def test_it_keeps_the_order_and_never_lowers_a_p(p_values: list[float], m: int) -> None:
    found = adjusted(p_values, m)
    assert all(p <= corrected <= 1 for p, corrected in zip(p_values, found))
    ranked = [corrected for _, corrected in sorted(zip(p_values, found))]
    assert ranked == sorted(ranked)


@given(P_VALUES, st.integers(0, 40))
def test_more_comparisons_never_lower_a_p(p_values: list[float], m: int) -> None:
    fewer, more = adjusted(p_values, m), adjusted(p_values, m + 1)
    assert all(low <= high for low, high in zip(fewer, more))
