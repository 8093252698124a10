"""One value per block and contender: the unit of every estimate and comparison."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from reports.analysis.pings import CellKey, CellPings

KEYS = ["workload", "contender", "block"]

# Metrics that have a value per block, with their units, in the order in which they are reported.
UNITS = {
    "real": "ns",
    "sum": "ns",
    "concurrency": "1",
    "first": "ns",
    "startup": "ns",
    "cpu": "ns",
    "client": "ns",
    "memory": "bytes",
}

# Concurrency is no cost, so that no contender is the better one for having more of it.
COMPARED = tuple(metric for metric in UNITS if metric != "concurrency")


def block_values(
    invocations: pd.DataFrame, iterations: pd.DataFrame, pings: Mapping[CellKey, CellPings]
) -> pd.DataFrame:
    """Block values of the invocations that stand for their block.

    Takes the parts of `Frames`. Returns one row per workload, contender and block (the index), one
    column per metric of `UNITS`:
    `real` and `sum`, means over the measured iterations; `concurrency`, the ratio of their sums;
    `first`, the time of iteration 0; `startup`; `cpu`, CPU time over all items (pings, or units of
    the workload's size), warm-up included;
    `client`, mean over measured pings of duration less time at the origin; `memory`, the peak.
    NaN where it was not observed, or is not positive and so has no logarithm.
    """
    own = invocations[invocations["valid"]].set_index(KEYS)
    counted = iterations[iterations["valid"]]
    measured = counted[counted["measured"]]
    means = measured.groupby(KEYS, observed=True, sort=False)[["real_ns", "sum_ns"]].mean()
    client = {(*cell, block): ns for cell, own in pings.items() for block, ns in own.client.items()}
    first = counted[counted["iteration"] == 0].set_index(KEYS)["real_ns"]
    values = pd.DataFrame(index=own.index)
    values["real"] = means["real_ns"]
    values["sum"] = means["sum_ns"]
    values["concurrency"] = values["sum"] / values["real"]
    values["first"] = first
    values["startup"] = own["startup_ns"]
    values["cpu"] = own["cpu_ns"] / own["items"]
    values["client"] = [client.get(place, np.nan) for place in values.index]
    values["memory"] = own["peak_rss_bytes"]
    return values.where((values > 0) & np.isfinite(values))


def block_means(iterations: pd.DataFrame, workload: str, column: str) -> pd.Series:
    """Mean of `column`, in its own unit, over the measured iterations of valid invocations.

    Takes the frame of `frames.iterations_of`; the result is indexed by (contender, block), and NaN
    where no iteration has a value.
    """
    counted = iterations["valid"] & iterations["measured"] & (iterations["workload"] == workload)
    return by_block(iterations[counted], column)


def by_block(rows: pd.DataFrame, column: str) -> pd.Series:
    """Mean of `column`, in its own unit, over those `rows`, indexed by (contender, block)."""
    # Names, not categories: two indices of categories do not always align when subtracted.
    keys = [rows["contender"].astype(str), rows["block"]]
    return rows.groupby(keys)[column].mean()
