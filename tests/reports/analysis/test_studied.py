"""What a study says of its pairs: the warm-up of the figure, the times of the process."""

import pandas as pd

from reports.analysis.studied import StudiedPair, studied_pairs

MS = 1_000_000


def pair_of(
    figure_ms: int, lasts_ms: int, iterations: int = 400, processes: int = 6
) -> StudiedPair:
    """Study a pair whose first twenty iterations are twice as slow as those that follow.

    `figure_ms` is the part of an iteration that counts, `lasts_ms` the whole of it.
    """
    rows = []
    for block in range(processes):
        for iteration in range(iterations):
            slow = 2 if iteration < 20 else 1
            jitter = (iteration * 7 + block * 3) % 11 * 1000
            rows.append(
                {
                    "workload": "cancel",
                    "contender": "node/promise",
                    "block": block,
                    "iteration": iteration,
                    "valid": True,
                    "young": 1 <= iteration <= 4,
                    "start_ns": 0,
                    "end_ns": slow * lasts_ms * MS + jitter,
                    "real_ns": slow * figure_ms * MS + jitter,
                }
            )
    (pair,) = studied_pairs(pd.DataFrame(rows), {("cancel", "node/promise"): 30})
    return pair


def test_a_process_lives_as_long_as_its_iterations_take_whichever_part_counts() -> None:
    whole, part = pair_of(10, 10), pair_of(10, 500)
    assert whole.found is not None and part.found is not None
    assert part.found.warmup == whole.found.warmup >= 20
    assert 10 * MS <= whole.steady_ns < 11 * MS and 20 * MS <= whole.young_ns < 21 * MS
    assert 500 * MS <= part.steady_ns < 501 * MS and 1000 * MS <= part.young_ns < 1001 * MS
    assert part.warmup_ns > 40 * whole.warmup_ns > 0
