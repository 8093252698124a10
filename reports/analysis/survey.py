"""The survey's own figures: what the origin saw of `real` with its own clock, and time per site."""

from collections.abc import Mapping

import pandas as pd

from reports.analysis.amounts import Amount, positive_amounts
from reports.analysis.block_values import block_means


def bound_figures(iterations: pd.DataFrame, workload: str) -> Mapping[str, tuple[Amount, Amount]]:
    """Per contender the origin's bound, and what `real` has beyond it; both ns.

    Estimated like `real` itself, from the means of blocks: so a bound that is below `real` in
    every block is below it here. Left out are contenders with another bound, and those whose
    iterations were not joined.
    """
    seen = iterations[iterations["bound_ns"].notna()]
    bound = block_means(seen, workload, "bound_ns")
    beyond = block_means(seen, workload, "real_ns") - bound
    positive = (bound > 0) & (beyond > 0)
    kept = positive.groupby(level="contender").transform("all")
    bounds, rests = positive_amounts(bound[kept]), positive_amounts(beyond[kept])
    return {contender: (bounds[contender], rests[contender]) for contender in bounds}


def time_per_site(pings: pd.DataFrame, sites_per_chain: dict[str, int]) -> pd.DataFrame:
    """Mean duration of a ping at each site, ns, one row per workload, contender, chain and site.

    `sites_per_chain` says for each workload how many sites a chain visits, each as often as the
    others and all its visits to one in a row. Columns: workload, contender, chain, site (index in
    the chain), duration_ns.
    """
    counted = pings[pings["valid"] & pings["measured"]]
    sites = counted["workload"].map(sites_per_chain).astype("int64")
    longest = counted.groupby("workload", observed=True)["ping"].transform("max") + 1
    placed = counted.assign(site=counted["ping"] // (longest // sites).clip(lower=1))
    keys = ["workload", "contender", "chain", "site"]
    means = placed.groupby(keys, observed=True)["duration_ns"].mean()
    return means.reset_index()
