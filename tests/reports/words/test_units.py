"""Numbers as a person reads them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.words.units import FigureText, bound, digits, percent, quantity, ratio


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        (1_234_567, "ns", "1.23 ms"),
        (999_700, "ns", "1.00 ms"),
        (512, "ns", "512 ns"),
        (2.5e9, "ns", "2.50 s"),
        (41_234, "ns", "41.2 µs"),
        (31.4 * 2**20, "bytes", "31.4 MiB"),
        (1.99, "1", "1.99"),
        (0, "ns", "0 ns"),
    ],
)
def test_a_figure_gets_three_digits_and_the_unit_that_fits(
    value: float, unit: str, expected: str
) -> None:
    assert quantity(value, unit) == FigureText(value=expected, interval="")


def test_a_share_of_a_byte_is_nought() -> None:
    assert quantity(0.000056, "bytes", 0.000055, 0.000057) == FigureText(
        value="0 B", interval="0–0 B"
    )
    assert quantity(0.26, "bytes").value == "0.3 B"
    assert quantity(72.0, "bytes").value == "72.0 B"


@pytest.mark.parametrize(
    ("value", "low", "high", "expected"),
    [
        (1.803, 1.712, 1.899, FigureText(value="1.80×", interval="1.71–1.90")),
        (1.803, 1.234, 2.567, FigureText(value="1.8×", interval="1.2–2.6")),
        (1.803, 1.8021, 1.8039, FigureText(value="1.80×", interval="1.80–1.80")),
        (0.9961, 0.9853, 1.0123, FigureText(value="0.996×", interval="0.985–1.01")),
        (41.3, 34.1, 46.2, FigureText(value="41×", interval="34–46")),
        (9.9961, 9.9, 10.1, FigureText(value="10.0×", interval="9.90–10.1")),
    ],
)
def test_an_interval_limits_the_digits(
    value: float, low: float, high: float, expected: FigureText
) -> None:
    assert ratio(value, low, high) == expected


def test_an_interval_shares_the_unit_of_its_figure() -> None:
    shown = quantity(1_002_000, "ns", 952_000, 1_049_000)
    assert shown == FigureText(value="1.00 ms", interval="0.952–1.05 ms")


@given(st.floats(1e-6, 1e12))
def test_no_figure_has_more_than_three_significant_digits_or_is_far_off(value: float) -> None:
    text = digits(value)
    assert len(text.replace(".", "").strip("0")) <= 3
    assert float(text) == pytest.approx(value, rel=0.00501)


@given(st.floats(1e-3, 1e6))
def test_a_bound_is_never_below_its_value(value: float) -> None:
    assert value <= float(bound(value)) <= value * 1.0101


def test_a_margin_is_shown_as_it_was_chosen() -> None:
    assert (percent(0.03), percent(0.025)) == ("3 %", "2.5 %")
    assert (percent(9.99), percent(99.99)) == ("999 %", "9,999 %")
