"""What a machine can show, from blocks without a difference."""

import numpy as np

from reports.analysis.calibration import STEPS, counts, smallest_shown


def test_sessions_are_blocks_in_a_row() -> None:
    draw = np.random.default_rng(1)
    same, slower = draw.normal(0, 0.02, 83), draw.normal(np.log(1.1), 0.02, 83)
    null, planted = counts(same, 8, 1.0), counts(slower, 8, 1.1)
    assert null.sessions == planted.sessions == 10
    assert null.claimed <= 2 and planted.claimed == 10
    assert null.held >= 8 and planted.held >= 8


def test_less_noise_and_more_blocks_show_smaller_differences() -> None:
    noise = np.random.default_rng(2).normal(0, 0.03, 64)
    calm, loud = smallest_shown(noise / 3, 8, 10, 0), smallest_shown(noise, 8, 10, 0)
    assert calm is not None and loud is not None and calm < loud
    longer = smallest_shown(noise, 12, 10, 0)
    assert longer is not None and longer <= loud


def test_where_all_is_noise_nothing_can_be_shown() -> None:
    noise = np.random.default_rng(3).normal(0, 3, 64)
    assert smallest_shown(noise, 6, 10, 0) is None


def test_without_noise_the_smallest_step_can() -> None:
    assert smallest_shown(np.full(16, 0.2), 8, 5, 0) == STEPS[0]
