"""What a study's processes show: the warm-up of each pair, and its pace before and after."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from reports.analysis.intervals import Centre, centre
from reports.analysis.settling import FEWEST_PROCESSES, Settling, settling

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class StudiedPair:
    """A contender in a workload. `found` is None where `why` says that it cannot be told.

    Times in ns: `warmup_ns` of the whole warm-up, `young_ns` and `steady_ns` of one iteration,
    medians over the processes. They are times of a process's life, from an iteration's start to its
    end, where the figure may be about a part of it (`cancel`: not the starting of what is
    cancelled). `later` is the figure after four times the warm-up over that of the window that a
    run measures, None where one of them has no iterations.
    """

    workload: str
    contender: str
    found: Settling | None
    why: str
    processes: int
    iterations: int
    warmup_ns: int = 0
    young_ns: int = 0
    steady_ns: int = 0
    later: Centre | None = None


def studied_pairs(
    iterations: pd.DataFrame, windows: dict[tuple[str, str], int]
) -> Iterator[StudiedPair]:
    """Judge every pair of a study.

    Takes the frame of `reports.analysis.frames.iterations_of`, and of each (workload, contender)
    how many iterations a run measures.
    """
    valid = iterations[iterations["valid"]]
    valid = valid.assign(life_ns=valid["end_ns"] - valid["start_ns"])
    for (workload, contender), rows in valid.groupby(["workload", "contender"], observed=True):
        key = (str(workload), str(contender))
        young = rows[rows["young"]]["life_ns"]
        yield _studied(key, _curves(rows, "real_ns"), _curves(rows, "life_ns"), young, windows[key])


def _curves(rows: pd.DataFrame, of: str) -> Floats:
    """Return a row for each process, a column for each iteration that all of them have."""
    complete = rows.pivot(index="block", columns="iteration", values=of).dropna(axis=1)
    curves: Floats = complete.to_numpy(dtype=np.float64)
    return curves


def _studied(
    key: tuple[str, str], curves: Floats, lives: Floats, young: pd.Series, window: int
) -> StudiedPair:
    processes, iterations = curves.shape
    workload, contender = key
    window = min(window, iterations // 4)
    if processes < FEWEST_PROCESSES or window < 1:
        return StudiedPair(
            workload=workload,
            contender=contender,
            found=None,
            why=f"{processes} valid processes of {iterations} iterations show no warm-up",
            processes=processes,
            iterations=iterations,
        )
    found = settling(curves, window)
    steady = lives[:, iterations // 2 :].mean(axis=1)
    return StudiedPair(
        workload=workload,
        contender=contender,
        found=found,
        why="",
        processes=processes,
        iterations=iterations,
        warmup_ns=int(np.median(lives[:, : found.warmup].sum(axis=1))),
        young_ns=int(young.median()),
        steady_ns=int(np.median(steady)),
        later=_later(curves, found.warmup, window),
    )


def _later(curves: Floats, warmup: int, window: int) -> Centre | None:
    measured = curves[:, warmup : warmup + window]
    after = curves[:, max(4 * warmup, warmup + window) :]
    if not measured.size or not after.size:
        return None
    return centre(np.log(np.median(after, axis=1) / np.median(measured, axis=1)))
