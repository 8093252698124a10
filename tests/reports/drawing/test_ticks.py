"""Positions on axes, as they are written beside them."""

import pytest

from reports.drawing.ticks import label


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
