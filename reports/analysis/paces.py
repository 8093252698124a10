"""The pace of every contender of a run: the rows of summary.json, and what verdicts ask."""

from collections.abc import Mapping, Sequence
from typing import TypedDict

import numpy as np
import pandas as pd

from reports.analysis.pings import CellKey
from reports.analysis.steadiness import Steadiness, Studied, steadiness
from results.format import RunFile, StudyPlan, WorkloadPlan, length_of, quantity_of


class PaceRow(TypedDict):
    """How steady a contender was: the second half of its windows over the first, over blocks.

    `bound` is the largest drift that the interval does not exclude, as a share; null, like the
    interval, below six blocks. `why` says what is known of its warm-up.
    """

    workload: str
    contender: str
    ratio: float
    low: float | None
    high: float | None
    p_adjusted: float | None
    bound: float | None
    pace: str
    why: str
    warmup: int
    cut: bool


def paces_of(
    run: RunFile, halves: pd.DataFrame, cells: Sequence[CellKey]
) -> dict[CellKey, Steadiness]:
    """Judge the pace of each of `cells` (workload, contender) whose verdicts are about a steady one.

    `halves` is what `block_drifts` returns.
    """
    steady = {w["name"] for w in run["workloads"] if quantity_of(w) == "steady"}
    table = (halves["second"] - halves["first"]).unstack("block")
    drifts = {
        cell: np.asarray(table.loc[cell], dtype=np.float64)
        for cell in cells
        if cell[0] in steady and cell in table.index
    }
    studies = {(w["name"], c): s for w in run["workloads"] for c, s in _studies(w).items()}
    studied = {
        cell: Studied(settled=study["settled"], later=study.get("later", 1.0))
        for cell, study in studies.items()
        if study["settled"] is not None
    }
    return steadiness(drifts, studied, run["seed"])


def pace_rows(run: RunFile, paces: Mapping[CellKey, Steadiness]) -> list[PaceRow]:
    """The rows of summary.json, in the order of `paces`."""
    plans = {workload["name"]: workload for workload in run["workloads"]}
    return [
        PaceRow(
            workload=workload,
            contender=contender,
            ratio=found.ratio,
            low=found.interval.low if found.interval else None,
            high=found.interval.high if found.interval else None,
            p_adjusted=found.p_adjusted,
            bound=found.bound,
            pace=found.pace.value,
            why=_study(plans[workload], contender)["why"],
            warmup=length_of(plans[workload], contender)["warmup"],
            cut=_study(plans[workload], contender)["cut"],
        )
        for (workload, contender), found in paces.items()
    ]


def _studies(workload: WorkloadPlan) -> Mapping[str, StudyPlan]:
    return workload.get("studies", {})


def _study(workload: WorkloadPlan, contender: str) -> StudyPlan:
    unknown = StudyPlan(settled=None, why="no study", warmup=None, pace_ns=0, cut=False)
    return _studies(workload).get(contender, unknown)
