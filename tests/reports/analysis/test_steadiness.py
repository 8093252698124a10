"""Words for the pace of a contender, from synthetic blocks."""

import numpy as np
import pytest
from numpy.typing import NDArray

from reports.analysis.steadiness import Pace, Studied, contradicts, steadiness

Floats = NDArray[np.float64]

SETTLED = Studied(settled=True)
CELLS = [(workload, contender) for workload in "uvwx" for contender in "abcdefg"]


def run(drift: float, noise: float = 0.02, blocks: int = 8, seed: int = 1) -> dict[str, Pace]:
    """The pace of the first cell, which drifts, and of the second, which does not."""
    draw = np.random.default_rng(seed)
    drifts: dict[tuple[str, str], Floats] = {
        cell: draw.normal(drift if place == 0 else 0, noise, blocks)
        for place, cell in enumerate(CELLS)
    }
    found = steadiness(drifts, dict.fromkeys(CELLS, SETTLED), seed=0)
    return {"drifting": found[CELLS[0]].pace, "flat": found[CELLS[1]].pace}


def test_what_becomes_faster_is_warming_and_what_becomes_slower_is_slowing() -> None:
    assert run(-0.15) == {"drifting": Pace.WARMING, "flat": Pace.STEADY}
    assert run(+0.15)["drifting"] is Pace.SLOWING


def test_a_proven_drift_within_three_per_cent_has_no_name() -> None:
    assert run(-0.02, noise=0.001)["drifting"] is Pace.STEADY


def test_noise_makes_it_bounded_then_unknown() -> None:
    draw = np.random.default_rng(2).normal(0, 1, 8)
    draw -= np.median(draw)
    paces = {
        scale: steadiness({CELLS[0]: scale * draw}, {CELLS[0]: SETTLED}, 0)[CELLS[0]]
        for scale in (0.01, 0.05, 0.2)
    }
    assert [paces[s].pace for s in paces] == [Pace.STEADY, Pace.BOUNDED, Pace.UNKNOWN]
    assert [p.pace.allows_verdict for p in paces.values()] == [True, True, False]


@pytest.mark.parametrize(
    ("studied", "pace"),
    [
        (SETTLED, Pace.STEADY),
        (None, Pace.NOT_STUDIED),
        (Studied(settled=False), Pace.UNSETTLED),
        (Studied(settled=True, later=0.98), Pace.STEADY),
        (Studied(settled=True, later=0.95), Pace.BOUNDED),
        (Studied(settled=True, later=1.05), Pace.BOUNDED),
        (Studied(settled=True, later=0.85), Pace.UNSETTLED),
    ],
)
def test_flat_alone_is_no_proof(studied: Studied | None, pace: Pace) -> None:
    values: Floats = np.random.default_rng(3).normal(0, 0.01, 8)
    known = {} if studied is None else {CELLS[0]: studied}
    assert steadiness({CELLS[0]: values}, known, 0)[CELLS[0]].pace is pace


def test_few_blocks_tell_nothing() -> None:
    assert run(-0.15, blocks=5) == {"drifting": Pace.UNKNOWN, "flat": Pace.UNKNOWN}


def test_blocks_without_a_value_are_left_out() -> None:
    values = np.random.default_rng(4).normal(0, 0.01, 8)
    values[0] = np.nan
    found = steadiness({CELLS[0]: values, CELLS[1]: np.full(8, np.nan)}, {}, 0)
    assert [*found] == [CELLS[0]] and found[CELLS[0]].blocks == 7


def test_halves_contradict_where_each_proves_another_sign() -> None:
    up = np.array([0.05, 0.06, 0.07, 0.05, 0.06, 0.08])
    down = np.array([-0.05, -0.06, -0.04, -0.05, -0.07, -0.06])
    assert contradicts(up, down) and contradicts(down, up)
    assert not contradicts(up, up) and not contradicts(up, np.array([-0.1, 0.1] * 3))
    assert not contradicts(up[:5], down[:5]) and not contradicts(up[:0], up)


@pytest.mark.slow
def test_how_often_the_words_are_wrong() -> None:
    flat = [run(0.0, noise=0.04, seed=seed) for seed in range(300)]
    wrong = sum(each["flat"] in (Pace.WARMING, Pace.SLOWING) for each in flat)
    drifting = [run(-0.10, noise=0.03, seed=seed)["drifting"] for seed in range(300)]
    missed = sum(pace in (Pace.STEADY, Pace.NOT_STUDIED, Pace.BOUNDED) for pace in drifting)
    assert wrong <= 5 and missed <= 15
