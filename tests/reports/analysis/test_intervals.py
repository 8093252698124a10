"""Centres and their intervals on the scale of logarithms."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from reports.analysis.intervals import centre, walsh_averages

LOGS = arrays(np.float64, st.integers(6, 20), elements=st.floats(-3, 3, width=32))


def test_walsh_averages_pair_each_value_with_itself_too() -> None:
    assert walsh_averages(np.array([4.0, 0.0, 2.0])).tolist() == [0, 1, 2, 2, 3, 4]


def test_the_centre_of_a_constant_factor_is_that_factor() -> None:
    found = centre(np.log(np.full(8, 1.8)))
    assert found.value == pytest.approx(1.8)
    assert found.wide is not None
    assert (found.wide.low, found.wide.high) == pytest.approx((1.8, 1.8))


def test_six_blocks_use_the_outermost_walsh_averages_and_for_ninety_per_cent_the_third() -> None:
    logs = np.array([0.3, 0.1, 0.25, -0.1, 0.5, 0.4])
    averages = np.exp(walsh_averages(logs))
    found = centre(logs)
    assert found.wide is not None and found.narrow is not None
    assert (found.wide.low, found.wide.high) == pytest.approx((averages[0], averages[-1]))
    assert (found.narrow.low, found.narrow.high) == pytest.approx((averages[2], averages[-3]))


def test_five_blocks_have_a_centre_and_no_interval() -> None:
    found = centre(np.log(np.array([1.0, 2.0, 4.0, 8.0, 16.0])))
    assert found.value == pytest.approx(4.0)
    assert (found.wide, found.narrow, found.blocks) == (None, None, 5)


@given(LOGS)
def test_exchanging_the_two_inverts_ratio_and_interval(logs: NDArray[np.float64]) -> None:
    there, back = centre(logs), centre(-logs)
    assert there.wide is not None and back.wide is not None
    assert there.value == pytest.approx(1 / back.value)
    assert there.wide.low == pytest.approx(1 / back.wide.high)
    assert there.wide.high == pytest.approx(1 / back.wide.low)


@given(LOGS, st.floats(-20, 20))
def test_a_change_of_unit_moves_a_quantity_by_that_factor(
    logs: NDArray[np.float64], unit: float
) -> None:
    before, after = centre(logs), centre(logs + unit)
    assert before.wide is not None and after.wide is not None
    moved = [before.value, before.wide.low, before.wide.high]
    expected = [value * np.exp(unit) for value in moved]
    assert [after.value, after.wide.low, after.wide.high] == pytest.approx(expected)


@given(LOGS)
def test_the_intervals_hold_their_estimate_and_the_wider_one_the_narrower(
    logs: NDArray[np.float64],
) -> None:
    found = centre(logs)
    assert found.wide is not None and found.narrow is not None
    assert found.narrow.low <= found.value <= found.narrow.high
    assert found.wide.low <= found.narrow.low
    assert found.narrow.high <= found.wide.high
