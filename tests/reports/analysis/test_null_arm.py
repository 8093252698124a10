"""The null arm: when a contender that differs from itself raises the alarm."""

from typing import cast

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from reports.analysis.null_arm import NullRow, null_rows
from results.format import AGAIN, RunFile

BLOCKS = 8


def rows(differences: NDArray[np.float64]) -> list[NullRow]:
    """The rows of a run whose k-th workload has these differences (shape arms, blocks) of logarithms."""
    names = [f"w{k}" for k in range(len(differences))]
    run = {
        "seed": 1,
        "workloads": [{"name": name, "measures": "steady"} for name in names],
        "null_arm": dict.fromkeys(names, "a/b"),
    }
    index = pd.MultiIndex.from_product(
        [names, ["a/b", f"a/b{AGAIN}"], range(BLOCKS)], names=["workload", "contender", "block"]
    )
    times = np.exp(np.stack([np.zeros_like(differences), differences], axis=1))
    return null_rows(cast(RunFile, run), pd.DataFrame({"real": times.ravel()}, index=index))


def noise(arms: int, generator: np.random.Generator) -> NDArray[np.float64]:
    return generator.normal(0, 0.05, (arms, BLOCKS))


def test_a_contender_that_differs_from_itself_raises_the_alarm_however_many_arms_there_are() -> (
    None
):
    for arms in (4, 20):
        differences = noise(arms, np.random.default_rng(7))
        differences[2] += 0.4
        found = rows(differences)
        assert [row["workload"] for row in found if row["alarm"]] == ["w2"]
        assert found[2]["ratio"] > 1.3


def test_false_alarms_of_a_run_stay_rare_with_many_arms() -> None:
    generator = np.random.default_rng(11)
    for arms in (4, 20):
        sessions = [any(row["alarm"] for row in rows(noise(arms, generator))) for _ in range(200)]
        assert (
            np.mean(sessions) < 0.1
        )  # 0.05 are meant; each interval alone would give 0.15 with 20
