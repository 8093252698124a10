"""The step-down max-T procedure: against a plain one, its limits, and its rate of false claims."""

from itertools import combinations, product

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import stats

from reports.analysis.max_t import MOST_ENUMERATED, adjusted

Floats = NDArray[np.float64]


def plain(differences: Floats) -> list[float]:
    """The procedure as the books tell it, one pattern of signs after another."""
    m, blocks = differences.shape

    def statistics(signs: tuple[int, ...]) -> list[float]:
        found = []
        for row in differences * np.array(signs):
            kept = row[~np.isnan(row)]
            found.append(abs(kept.mean()) / (kept.std(ddof=1) / np.sqrt(kept.size)))
        return found

    observed = statistics((1,) * blocks)
    order = sorted(range(m), key=lambda row: -observed[row])
    patterns = [statistics(signs) for signs in product((1, -1), repeat=blocks)]
    result, before = [0.0] * m, 0.0
    for place, row in enumerate(order):
        rest = order[place:]
        reached = sum(
            max(found[r] for r in rest) >= observed[row] * (1 - 1e-9) for found in patterns
        )
        before = max(before, reached / len(patterns))
        result[row] = before
    return result


@pytest.mark.parametrize("blocks", [6, 8])
def test_it_agrees_with_the_plain_procedure(blocks: int) -> None:
    draw = np.random.default_rng(1)
    for _ in range(20):
        differences = draw.normal(draw.normal(0, 0.5, (5, 1)), 1, (5, blocks))
        differences[draw.random(differences.shape) < 0.1] = np.nan
        assert adjusted(differences, seed=0) == pytest.approx(plain(differences))


def test_the_smallest_p_depends_on_the_blocks_alone() -> None:
    draw = np.random.default_rng(2)
    for m, blocks in product((1, 27, 300), (6, 8, 12)):
        clear = draw.normal(1, 0.01, (m, blocks))
        assert adjusted(clear, seed=0) == [2.0 ** (1 - blocks)] * m


def test_swapping_a_and_b_changes_nothing() -> None:
    differences = np.random.default_rng(3).normal(0.5, 1, (6, 8))
    turned = differences * np.array([[1], [-1], [1], [-1], [1], [-1]])
    assert adjusted(differences, seed=0) == adjusted(turned, seed=0)


def test_what_shows_nothing_has_p_one() -> None:
    assert adjusted(np.zeros((2, 6)), seed=0) == [1.0, 1.0]
    assert adjusted(np.full((1, 6), np.nan), seed=0) == [1.0]
    assert adjusted(np.empty((0, 6)), seed=0) == []


def test_equal_differences_are_as_clear_as_can_be() -> None:
    assert adjusted(np.full((3, 6), 0.1), seed=0) == [2.0**-5] * 3


def test_beyond_what_can_be_enumerated_patterns_are_drawn_from_the_seed() -> None:
    blocks = MOST_ENUMERATED + 4
    differences = np.random.default_rng(4).normal(0.4, 1, (5, blocks))
    once, again = adjusted(differences, seed=5), adjusted(differences, seed=5)
    assert once == again
    assert once == pytest.approx(adjusted(differences, seed=6), abs=0.02)
    assert 0 < min(once) < 0.5


# Seven contenders of two tiers in three workloads, as in a default run.
PAIRS = [
    (workload, a, b)
    for workload in range(3)
    for tier in (range(4), range(4, 7))
    for a, b in combinations(tier, 2)
]


def session(draw: np.random.Generator, kind: str, blocks: int, effects: Floats) -> Floats:
    """The differences of a run's 27 comparisons; `effects` are those of the contenders."""
    size = (3, 7, blocks)
    noise = {
        "normal": draw.normal(0, 1, size),
        "heavy tails": draw.standard_t(3, size) / 3**0.5,
        "skewed": draw.exponential(1, size) - 1,
    }[kind]
    logs = 0.05 * noise + draw.normal(0, 0.1, (3, 1, blocks)) + effects[:, None]
    return np.array([logs[w, b] - logs[w, a] for w, a, b in PAIRS])


@pytest.mark.slow
@pytest.mark.parametrize("blocks", [6, 8, 12])
@pytest.mark.parametrize("kind", ["normal", "heavy tails", "skewed"])
@pytest.mark.parametrize("differ", [False, True])
def test_false_claims_and_power(kind: str, blocks: int, differ: bool) -> None:
    draw = np.random.default_rng(2026)
    sessions = 800
    effects: Floats = np.array([-0.6, -0.3, 0.0, 0.0, -0.3, 0.0, 0.0]) * float(differ)
    null = np.array([bool(effects[a] == effects[b]) for _, a, b in PAIRS])
    wrong, found = 0, 0
    for seed in range(sessions):
        claimed = np.array(adjusted(session(draw, kind, blocks, effects), seed)) < 0.05
        wrong += bool(claimed[null].any())
        found += int(claimed[~null].sum())
    # One in ten thousand for a procedure that keeps its level.
    assert wrong <= stats.binom.ppf(1 - 1e-4, sessions, 0.05)
    if differ:
        assert found / (~null).sum() / sessions > (0.85 if blocks == 6 else 0.95)
