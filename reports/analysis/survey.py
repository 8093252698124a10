"""The survey's own figures: real time, time per site, total time, and what the origin bounds."""

import pandas as pd

_CELL = ["workload", "contender"]


def survey_figures(iterations: pd.DataFrame) -> pd.DataFrame:
    """Means over the measured iterations of valid invocations, one row per workload and contender.

    Columns: real_ns (the survey's Real time), total_ns (its Total time, all pings summed),
    concurrency (total over real), bound_ns (first accept to last answer by the origin's clock; NaN
    where not joined), program_ns (real - bound: what rests on the program's own clock alone).
    """
    counted = iterations[iterations["valid"] & iterations["measured"]]
    columns = ["real_ns", "sum_ns", "bound_ns"]
    means = counted.groupby(_CELL, observed=True)[columns].mean()
    figures = means.rename(columns={"sum_ns": "total_ns"})
    figures["concurrency"] = figures["total_ns"] / figures["real_ns"]
    figures["program_ns"] = figures["real_ns"] - figures["bound_ns"]
    return figures.reset_index()


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
