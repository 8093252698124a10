"""The survey's own figure: time per site."""

import pandas as pd

_CELL = ["workload", "contender"]


def time_per_site(pings: pd.DataFrame, sites_per_chain: dict[str, int]) -> pd.DataFrame:
    """Mean duration of a ping at each site, one row per workload, contender, chain and site.

    `sites_per_chain` says for each workload how many sites a chain visits, each as often as the
    others and all its visits to one in a row. Columns: workload, contender, chain, site (index in
    the chain), duration_ns.
    """
    counted = pings[pings["valid"] & pings["measured"]]
    sites = counted["workload"].map(sites_per_chain).astype("int64")
    longest = counted.groupby("workload", observed=True)["ping"].transform("max") + 1
    placed = counted.assign(site=counted["ping"] // (longest // sites).clip(lower=1))
    means = placed.groupby([*_CELL, "chain", "site"], observed=True)["duration_ns"].mean()
    return means.reset_index()
