"""The whole way from block values to verdicts, on sessions made of traces of real processes.

Limits are those of the binomial distribution at the number of trials, one in ten thousand for a
procedure that keeps its level. `python -m tests.aa_sessions` prints the rates.
"""

import numpy as np
import pytest
from scipy import stats

from reports.analysis.steadiness import Pace
from tests.aa_sessions import CELLS, KINDS, PAIRS, TRACES, Kind, rates, session

SESSIONS = 300


def most(trials: int, level: float) -> int:
    return int(stats.binom.ppf(1 - 1e-4, trials, level))


def test_traces_are_of_processes_in_a_row() -> None:
    for trace in TRACES.values():
        assert trace.shape[0] >= 20 and trace.shape[1] == 8 and (trace > 0).all()


def test_a_session_has_all_verdicts_and_paces() -> None:
    made = session(np.random.default_rng(1), Kind(noise=0.05, slower=0.2))
    assert len(made.comparisons) == len(PAIRS) and [*made.paces] == CELLS
    slower = {row["verdict"] for row in made.comparisons if row["b"] == "d"}
    assert slower == {"a faster"}
    assert all(
        " (steady, 95 % interval " in str(r["sentence"]) for r in made.comparisons if r["b"] == "d"
    )


@pytest.mark.slow
@pytest.mark.parametrize("name", KINDS)
def test_without_a_difference_claims_are_as_rare_as_promised(name: str) -> None:
    made = rates(KINDS[name], SESSIONS)
    assert made.false_runs * SESSIONS <= most(SESSIONS, 0.05)
    # Pairs share contenders; one of each workload counts as a trial of its own.
    trials = SESSIONS * len(TRACES)
    assert (1 - made.covered) * trials <= most(trials, 0.05)
    renamed = made.paces[Pace.WARMING] + made.paces[Pace.SLOWING]
    assert renamed * len(CELLS) * SESSIONS <= most(SESSIONS, 0.05)


@pytest.mark.slow
@pytest.mark.parametrize("noise", [0.1, 0.2])
def test_what_drifts_by_a_tenth_has_no_verdict(noise: float) -> None:
    made = rates(Kind(noise=noise, drift=-0.1), 100)
    assert made.drifting[Pace.STEADY] + made.drifting[Pace.BOUNDED] < 0.03


@pytest.mark.slow
def test_what_keeps_its_pace_is_believed() -> None:
    assert rates(Kind(noise=0.1), 100).paces[Pace.STEADY] > 0.95
    assert rates(Kind(noise=0.2), 100).paces[Pace.UNKNOWN] < 0.05


@pytest.mark.slow
def test_larger_differences_are_found_more_often() -> None:
    found = [rates(Kind(noise=0.1, slower=slower), 60).found for slower in (0.02, 0.05, 0.1, 0.2)]
    assert found == sorted(found)
    assert found[0] < 0.2 and found[2] > 0.5 and found[3] > 0.95
