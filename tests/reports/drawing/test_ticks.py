"""Positions on axes, as they are written beside them."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.drawing.ticks import label, logarithmic


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.5, "0.5"),
        (1.0, "1"),
        (250.0, "250"),
        (999.5, "999.5"),
        (1e4, "10,000"),
        (2e6, "2,000,000"),
    ],
)
def test_no_position_is_written_as_a_power_of_ten(value: float, text: str) -> None:
    assert label(value) == text


@given(
    low=st.floats(min_value=1e-6, max_value=1e6),
    times=st.floats(min_value=1.05, max_value=1e9),
    at_most=st.integers(min_value=3, max_value=8),
)
def test_round_values_lie_within_the_axis_in_order(low: float, times: float, at_most: int) -> None:
    ticks = logarithmic(low, low * times, at_most)
    assert 1 <= len(ticks) <= at_most
    assert list(ticks) == sorted(set(ticks))
    assert low * (1 - 1e-6) <= ticks[0] and ticks[-1] <= low * times * (1 + 1e-6)


@pytest.mark.parametrize("high", [3.3, 4.5, 5.2, 7.5, 9.0, 12.0, 70.0])
def test_labels_of_multiples_leave_room_for_each_other(high: float) -> None:
    ticks = logarithmic(0.95, high, 3)
    assert len(ticks) >= 2
    gaps = [math.log(b / a) for a, b in zip(ticks, ticks[1:], strict=False)]
    assert min(gaps) > 0.2 * math.log(high / 0.95)
