"""One value per block and contender: the unit of every estimate and comparison."""

from collections.abc import Collection, Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from reports.analysis.pings import CellKey, CellPings
from results.format import WorkloadPlan, decisive_metric

Floats = NDArray[np.float64]

KEYS = ["workload", "contender", "block"]

# Metrics that have a value per block, with their units, in the order in which they are reported.
UNITS = {
    "real": "ns",
    "young": "ns",
    "typical": "ns",
    "sum": "ns",
    "concurrency": "1",
    "first": "ns",
    "startup": "ns",
    "cpu": "ns",
    "client": "ns",
    "memory": "bytes",
}

# Concurrency is no cost, so that no contender is the better one for having more of it. The p50 of pings
# is reported of all blocks together (`tails`), and compared block by block like everything else.
COMPARED = (*(metric for metric in UNITS if metric != "concurrency"), "p50")


def block_values(
    invocations: pd.DataFrame,
    iterations: pd.DataFrame,
    pings: Mapping[CellKey, CellPings],
    young_only: Collection[str] = (),
) -> pd.DataFrame:
    """Block values of the invocations that stand for their block.

    Takes the parts of `reports.analysis.frames.Frames`, and the workloads whose processes do not
    live long enough for a steady pace. Returns one row per workload, contender and block (the
    index), one column per metric of `UNITS` and `COMPARED`:
    `real` and `sum`, means over the measured iterations, `real` not of those workloads; `young`,
    the mean over the young iterations; `typical`, the median of those that decide: of the young ones
    in those workloads, else of the measured ones; `concurrency`, the ratio of the sums over the measured ones;
    `first`, the time of iteration 0; `startup`; `cpu`, CPU time over all items (pings, or units of
    the workload's size), warm-up included;
    `client`, mean over measured pings of duration less time at the origin; `memory`, the peak;
    `p50`, the median duration of the measured pings.
    NaN where it was not observed, or is not positive and so has no logarithm.
    """
    own = invocations[invocations["valid"]].set_index(KEYS)
    counted = iterations[iterations["valid"]]
    measured = counted[counted["measured"]]
    means = measured.groupby(KEYS, observed=True, sort=False)[["real_ns", "sum_ns"]].mean()
    client = {(*cell, block): ns for cell, own in pings.items() for block, ns in own.client.items()}
    p50 = {(*cell, block): ns for cell, own in pings.items() for block, ns in own.medians.items()}
    first = counted[counted["iteration"] == 0].set_index(KEYS)["real_ns"]
    values = pd.DataFrame(index=own.index)
    values["real"] = means["real_ns"].mask(_of(means, young_only))
    values["young"] = counted[counted["young"]].groupby(KEYS, observed=True)["real_ns"].mean()
    values["typical"] = (
        _deciding(counted, young_only).groupby(KEYS, observed=True)["real_ns"].median()
    )
    values["sum"] = means["sum_ns"]
    values["concurrency"] = means["sum_ns"] / means["real_ns"]
    values["first"] = first
    values["startup"] = own["startup_ns"]
    values["cpu"] = own["cpu_ns"] / own["items"]
    values["client"] = [client.get(place, np.nan) for place in values.index]
    values["memory"] = own["peak_rss_bytes"]
    values["p50"] = [p50.get(place, np.nan) for place in values.index]
    return values.where((values > 0) & np.isfinite(values))


def block_drifts(iterations: pd.DataFrame, young_only: Collection[str] = ()) -> pd.DataFrame:
    """The two halves of the measured windows of valid invocations, as logarithms of their means.

    Takes the frame of `reports.analysis.frames.iterations_of`. One row per workload, contender and
    block (the index), columns `first` and `second`, of ns; not of workloads that are `young_only`,
    nor of windows of one iteration.
    """
    rows = iterations[iterations["valid"] & iterations["measured"]]
    rows = rows[~rows["workload"].isin([*young_only])]
    groups = rows.groupby(KEYS, observed=True, sort=False)
    place, size = groups.cumcount(), groups["real_ns"].transform("size")
    half = np.where(place < size // 2, "first", "second")
    means = rows["real_ns"].groupby([*(rows[key] for key in KEYS), half], observed=True).mean()
    return np.log(means.unstack().reindex(columns=["first", "second"]).dropna())


def halves_by_cell(drifts: pd.DataFrame) -> dict[CellKey, Floats]:
    """Lay out what `block_drifts` returns as arrays, by workload and contender.

    Shape (2, blocks): the first and the second half; NaN where a block lacks them.
    """
    first, second = (drifts[half].unstack("block") for half in ("first", "second"))
    both = np.stack([first.to_numpy(np.float64), second.to_numpy(np.float64)], axis=1)
    return dict(zip(first.index.tolist(), both))


def _deciding(counted: pd.DataFrame, young_only: Collection[str]) -> pd.DataFrame:
    """The iterations that verdicts are about."""
    young = counted["workload"].isin([*young_only])
    return counted[(young & counted["young"]) | (~young & counted["measured"])]


def _of(values: pd.DataFrame, workloads: Collection[str]) -> pd.Series:
    """Whether each row is of one of these workloads."""
    names = values.index.get_level_values("workload")
    return pd.Series(names.isin([*workloads]), index=values.index)


def block_means(iterations: pd.DataFrame, workload: str, column: str) -> pd.Series:
    """Mean of `column`, in its own unit, over the measured iterations of valid invocations.

    Takes the frame of `frames.iterations_of`; the result is indexed by (contender, block), and NaN
    where no iteration has a value.
    """
    counted = iterations["valid"] & iterations["measured"] & (iterations["workload"] == workload)
    return by_block(iterations[counted], column)


def deciding_means(iterations: pd.DataFrame, workload: WorkloadPlan) -> pd.Series:
    """The block values that the workload's verdicts are about, ns, by (contender, block).

    Takes the frame of `frames.iterations_of`; all invocations that stand for their block count.
    """
    rows = iterations[iterations["valid"] & (iterations["workload"] == workload["name"])]
    match decisive_metric(workload):
        case "young":
            rows = rows[rows["young"]]
        case "first":
            rows = rows[rows["iteration"] == 0]
        case _:
            rows = rows[rows["measured"]]
    return by_block(rows, "real_ns")


def by_block(rows: pd.DataFrame, column: str) -> pd.Series:
    """Mean of `column`, in its own unit, over those `rows`, indexed by (contender, block)."""
    # Names, not categories: two indices of categories do not always align when subtracted.
    keys = [rows["contender"].astype(str), rows["block"]]
    return rows.groupby(keys)[column].mean()
