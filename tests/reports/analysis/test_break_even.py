"""Who is ahead after how many items, start-up included."""

import math

import numpy as np
import pytest

from reports.analysis.break_even import BreakEven, break_even

BLOCKS = 8
ITEMS = 10


def compared(
    starts: tuple[float, float], paces: tuple[float, float], iterations: int = 100
) -> BreakEven:
    draw = np.random.default_rng(1)
    level = draw.normal(1, 0.02, BLOCKS)
    courses = [
        tuple(
            each * (start + pace * np.arange(1, iterations + 1))
            for start, pace in zip(starts, paces)
        )
        for each in level
    ]
    return break_even([(a, b) for a, b in courses], ITEMS)


def test_the_crossing_of_two_straight_lines_is_where_it_is() -> None:
    found = compared(starts=(200, 50), paces=(5, 10))
    # 200 + 5 i = 50 + 10 i
    assert found.a_ahead and found.items == pytest.approx(ITEMS * 30)
    assert found.low == pytest.approx(300) and found.high == pytest.approx(300)
    assert found.once.value == pytest.approx(60 / 205)
    assert (found.within, found.blocks) == (1000, BLOCKS)


def test_who_leads_from_the_first_iteration_on_needs_no_items() -> None:
    assert compared(starts=(50, 200), paces=(5, 10)).items == 0
    found = compared(starts=(200, 50), paces=(10, 5))
    assert not found.a_ahead and found.items == 0


def test_where_the_slow_starter_does_not_catch_up_the_other_stays_ahead() -> None:
    found = compared(starts=(200, 50), paces=(5, 10), iterations=20)
    assert not found.a_ahead and found.items == 0 and found.within == 200


def test_blocks_that_never_cross_make_the_upper_end_infinite() -> None:
    fast, slow = np.arange(1.0, 11), 3 + np.arange(1.0, 11) / 2
    found = break_even([(slow, fast)] * 5 + [(slow + 9, fast)] * 3, ITEMS)
    assert found.a_ahead and found.items == pytest.approx(60)
    assert found.low == pytest.approx(60) and found.high == math.inf


def test_of_two_courses_the_longer_is_cut_and_few_blocks_have_no_interval() -> None:
    found = break_even([(np.arange(1.0, 5), np.arange(2.0, 9))] * 5, ITEMS)
    assert found.within == 40 and found.low is None and found.high is None
