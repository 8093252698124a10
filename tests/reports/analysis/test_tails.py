"""Quantiles of pooled pings and their block-resampling intervals."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from reports.analysis.tails import pooled_quantile


def blocks_of(seed: int, count: int = 15, size: int = 200) -> list[NDArray[np.float64]]:
    draw = np.random.default_rng(seed)
    return [draw.lognormal(draw.normal(0, 0.1), 0.5, size + i) for i in range(count)]


@given(st.lists(st.lists(st.integers(0, 50), min_size=1), min_size=1), st.floats(0.01, 0.99))
def test_the_value_is_the_smallest_sample_that_enough_of_all_do_not_exceed(
    values: list[list[int]], share: float
) -> None:
    blocks = [np.array(block, dtype=np.float64) for block in values]
    pooled = np.sort(np.concatenate(blocks))
    found = pooled_quantile(blocks, share, [1]).value
    assert np.mean(pooled <= found) >= share * (1 - 1e-9)
    assert np.mean(pooled < found) < share


@pytest.mark.parametrize("share", [0.5, 0.99])
def test_the_interval_is_that_of_blocks_resampled_one_by_one(share: float) -> None:
    blocks = blocks_of(3)
    draw = np.random.default_rng(0)
    plain = [
        np.quantile(
            np.concatenate([blocks[i] for i in draw.integers(15, size=15)]),
            share,
            method="inverted_cdf",
        )
        for _ in range(2000)
    ]
    found = pooled_quantile(blocks, share, [1, 2])
    assert found.low is not None and found.high is not None
    width = found.high - found.low
    expected = np.quantile(plain, [0.025, 0.975])
    assert [found.low, found.high] == pytest.approx(expected.tolist(), abs=0.2 * width)


def test_the_interval_follows_from_the_seed() -> None:
    blocks = blocks_of(4)
    assert pooled_quantile(blocks, 0.99, [7, 1]) == pooled_quantile(blocks, 0.99, [7, 1])
    assert len({pooled_quantile(blocks, 0.99, [seed, 1]) for seed in range(20)}) > 1


def test_five_blocks_have_no_interval() -> None:
    found = pooled_quantile(blocks_of(5, count=5), 0.5, [1])
    assert (found.low, found.high) == (None, None)


def test_blocks_that_differ_widen_the_interval_however_many_pings_they_hold() -> None:
    draw = np.random.default_rng(6)
    apart = [1 + 0.1 * block + draw.uniform(0, 1e-6, 5000) for block in range(10)]
    found = pooled_quantile(apart, 0.5, [1])
    assert found.low is not None and found.high is not None
    assert found.high - found.low > 0.2
