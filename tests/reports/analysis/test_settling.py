"""Finding the warm-up: synthetic processes with known change points, noise and trouble."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from reports.analysis.settling import Ending, Settling, settling

Floats = NDArray[np.float64]
Shape = Callable[[Floats], Any]
Machine = Callable[[np.random.Generator, Shape, int, int], Floats]

WINDOW = 30
STUDIES = 40


def flat(i: Floats) -> Any:
    """Only the first iteration is slow, as in a runtime that compiles nothing."""
    return np.exp(np.log(3) * (i < 1))


def step(i: Floats) -> Any:
    return np.exp(np.log(1.8) * (i < 100))


def tiers(i: Floats) -> Any:
    """A plateau before the last tier, over which everything is flat."""
    return np.exp(np.log(1.25) * (i < 200) + np.log(2.4) * (i < 30))


def decay(i: Floats) -> Any:
    """Within 3 % after 211 iterations."""
    return 1 + np.exp(-i / 60)


def slowing(i: Floats) -> Any:
    return 1 + 0.3 * i / i.size


def warming(i: Floats) -> Any:
    return 1 + np.exp(-2 * i / i.size)


def processes(draw: np.random.Generator, shape: Shape, count: int, iterations: int) -> Floats:
    """Noise of iterations and processes, slow drifts, bursts, and single stalls."""
    size = (count, iterations)
    curves = np.exp(draw.normal(0, 0.08, size) + draw.normal(0, 0.05, (count, 1)))
    curves *= np.exp(np.linspace(0, 1, iterations) * draw.normal(0, 0.03, (count, 1)))
    for curve in curves:
        for start in draw.integers(0, iterations, draw.poisson(iterations / 150)):
            curve[start : start + draw.integers(2, 30)] *= draw.uniform(1.3, 3)
    curves[draw.random(size) < 0.01] *= 4
    scaled: Floats = curves * shape(np.arange(iterations, dtype=np.float64))
    return scaled


def uneven(draw: np.random.Generator, shape: Shape, count: int, iterations: int) -> Floats:
    """A CPU that is 1.75 times slower while a neighbour works, for some two seconds at a time.

    Iterations take 7 ms; three tenths of each are spent on another CPU with a neighbour of its own.
    """
    curves = processes(draw, shape, count, iterations)
    for curve in curves:
        for share in (0.7, 0.3):
            slow, at = bool(draw.random() < 0.7), 0
            while at < iterations:
                until = at + max(1, int(draw.exponential(2.5 if slow else 1) / 0.007))
                curve[at:until] *= 1.75 ** (share * slow)
                slow, at = not slow, until
    return curves


def studied(
    shape: Shape, count: int = 6, iterations: int = 1500, machine: Machine = processes
) -> list[Settling]:
    draw = np.random.default_rng(7)
    return [settling(machine(draw, shape, count, iterations), WINDOW) for _ in range(STUDIES)]


def warmups(found: list[Settling]) -> list[int]:
    return sorted(each.warmup for each in found)


@pytest.mark.parametrize("count", [5, 8])
def test_a_runtime_that_compiles_nothing_has_next_to_no_warm_up(count: int) -> None:
    found = studied(flat, count)
    assert {each.ending for each in found} == {Ending.SETTLED}
    assert warmups(found)[int(0.9 * STUDIES)] <= 100
    assert warmups(found)[STUDIES // 2] <= 10


@pytest.mark.parametrize(
    ("shape", "least", "most"), [(step, 100, 160), (tiers, 200, 300), (decay, 130, 300)]
)
def test_a_change_of_pace_is_found_where_it_is(shape: Shape, least: int, most: int) -> None:
    found = studied(shape)
    assert sum(each.ending is Ending.SETTLED for each in found) >= 0.9 * STUDIES
    inner = warmups(found)[int(0.05 * STUDIES) : int(0.9 * STUDIES)]
    assert least <= inner[0] and inner[-1] <= most


def test_neighbours_that_come_and_go_are_no_warm_up() -> None:
    found = studied(flat, 8, 1000, uneven)
    assert sum(each.ending is Ending.SETTLED for each in found) >= 0.85 * STUDIES
    assert warmups(found)[int(0.8 * STUDIES)] <= 10


def test_a_clear_change_of_pace_is_found_beside_such_neighbours() -> None:
    inner = warmups(studied(step, 8, 1000, uneven))[int(0.1 * STUDIES) : int(0.8 * STUDIES)]
    assert 40 <= inner[0] and inner[-1] <= 160


def test_processes_that_never_settle_are_told_apart() -> None:
    assert all(each.ending is Ending.WARMING for each in studied(warming))
    endings = [each.ending for each in studied(slowing)]
    assert endings.count(Ending.SLOWING) >= 0.9 * STUDIES


def test_a_study_that_is_too_short_for_its_warm_up_says_so() -> None:
    found = studied(tiers, iterations=600)
    short = [each for each in found if each.ending is Ending.WARMING]
    assert len(short) >= 30
    assert all(each.warmup == 600 < each.wanted for each in short)


def test_too_few_processes_or_iterations_are_refused() -> None:
    with pytest.raises(ValueError, match="4 processes of 1500 iterations"):
        studied(flat, count=4)
    with pytest.raises(ValueError, match="it takes 5 of 120"):
        studied(flat, iterations=100)


def test_a_change_as_late_as_can_be_is_no_settling() -> None:
    """The last stretch before the half differs: the study is too short, whatever comes."""
    late = np.ones((8, 1200))
    late[:, 300:620] = 1.2
    assert replace(settling(late, 150), wanted=0) == Settling(warmup=1200, ending=Ending.WARMING)
    assert settling(late, 150).wanted > 1200


def test_what_differs_again_must_show_it_more_clearly() -> None:
    """Seven processes that all agree have p = 1 / 64: that is enough only until the pace is reached."""
    warm = np.ones((7, 1200))
    warm[:, :40] = 1.2
    again = warm.copy()
    again[:, 140:210] = 1.2
    assert settling(warm, 30).warmup == settling(again, 30).warmup < 80
    until = warm.copy()
    until[:, :210] = 1.2
    assert settling(until, 30).warmup > 200


def test_a_warm_up_shorter_than_half_a_window_is_found_too() -> None:
    def short(i: Floats) -> Any:
        return np.exp(np.log(3) * (i < 40))

    draw = np.random.default_rng(7)
    found = [settling(processes(draw, short, 6, 2000), 200) for _ in range(STUDIES)]
    assert 30 <= warmups(found)[2] and warmups(found)[int(0.9 * STUDIES)] <= 150
