"""What the frames of a run share: which invocations count, and who they were."""

from collections.abc import Sequence
from typing import Any, TypeVar

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from results.failures import WORDS
from results.format import AGAIN, decisive_metric, length_of
from results.records import Floats, Integers
from results.run_folder import RunFolder

_Element = TypeVar("_Element", bound=np.generic)


class Rows:
    """The invocations of a run that are not superseded, and the columns that identify them.

    `fields` are what records of the run's families hold of their own. Per invocation, `standing`
    says whether it stands for its block, `warmup` how many of its first iterations are warm-up,
    `young` which the last young one is (0 where the run does not say), `timed` which field of a
    record is the time that counts, None where the whole iteration does.
    """

    def __init__(self, folder: RunFolder) -> None:
        self.records = [r for r in folder.invocations if not r.recorded["superseded"]]
        self._lines: list[Any] = [record.recorded for record in self.records]
        self._workloads = folder.run["workloads"]
        contenders = [contender["id"] for contender in folder.run["contenders"]]
        null_arm = dict.fromkeys(folder.run["null_arm"].values())
        self._contenders = [*contenders, *(f"{contender}{AGAIN}" for contender in null_arm)]
        self.fields = [name for family in folder.run["families"] for name in family["fields"]]
        self.standing = self._standing()
        of = {workload["name"]: workload for workload in self._workloads}
        plans = [(of[line["workload"]], line["contender"]) for line in self._lines]
        self.warmup = integers([length_of(*plan)["warmup"] for plan in plans])
        timed = {family["name"]: family.get("timed") for family in folder.run["families"]}
        self.timed = [timed[workload["family"]] for workload, _ in plans]
        self.young = integers([workload["young"] or 0 for workload, _ in plans])
        self._decisive = [decisive_metric(workload) for workload, _ in plans]

    def identity(self, counts: Sequence[int]) -> dict[str, Any]:
        """Columns block to valid, each invocation repeated as often as `counts` says."""
        names = [workload["name"] for workload in self._workloads]
        columns: dict[str, Any] = {
            key: np.repeat(np.array([line[key] for line in self._lines], dtype=np.int64), counts)
            for key in ("block", "position", "attempt")
        }
        for key, categories in (("workload", names), ("contender", self._contenders)):
            place = {name: index for index, name in enumerate(categories)}
            codes = np.array([place[line[key]] for line in self._lines], dtype=np.int64)
            columns[key] = pd.Categorical.from_codes(np.repeat(codes, counts), categories)
        columns["valid"] = np.repeat(self.standing, counts)
        return columns

    def observed(self) -> dict[str, Floats]:
        """Per invocation, what was read from outside the process; NaN where it was not."""
        names = ("startup_ns", "cpu_ns", "peak_rss_bytes")
        return {name: floats([line[name] for line in self._lines]) for name in names}

    def decides(self, index: int, number: Integers) -> NDArray[np.bool_]:
        """Whether verdicts are about the iterations `number` of an invocation."""
        first, last = int(self.warmup[index]), np.inf
        if self._decisive[index] == "young":
            first, last = 1, int(self.young[index])
        elif self._decisive[index] == "first":
            first = last = 0
        decides: NDArray[np.bool_] = (number >= first) & (number <= last)
        return decides

    def _standing(self) -> NDArray[np.bool_]:
        """Whether an invocation stands for its block: the first there that broke nothing."""
        first: dict[tuple[int, str, str], tuple[int, int]] = {}
        for index, line in enumerate(self._lines):
            if not line["broken"]:
                key = (line["block"], line["workload"], line["contender"])
                candidate = (line["attempt"], index)
                first[key] = min(candidate, first.get(key, candidate))
        standing = np.zeros(len(self._lines), dtype=np.bool_)
        standing[[index for _, index in first.values()]] = True
        return standing


def floats(values: Sequence[float | None]) -> Floats:
    """Numbers as an array, NaN for None."""
    return np.array(values, dtype=np.float64)


def integers(values: Sequence[int]) -> Integers:
    """Whole numbers as an array."""
    return np.array(values, dtype=np.int64)


def joined(arrays: Sequence[NDArray[_Element]], dtype: type[_Element]) -> NDArray[_Element]:
    """The arrays one after the other; empty and of the right type where there are none."""
    return np.concatenate([np.empty(0, dtype=dtype), *arrays])


def statuses(codes: Integers) -> pd.Categorical:
    """Status codes of `results.failures` as a category of texts: "200", "timeout"."""
    distinct, places = np.unique(codes, return_inverse=True)
    return pd.Categorical.from_codes(
        places, [WORDS.get(code, str(code)) for code in distinct.tolist()]
    )
