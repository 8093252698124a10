"""The survey's own figures: what the origin saw of `real` with its own clock, and time per site."""

from collections.abc import Mapping

import pandas as pd

from reports.analysis.amounts import Amount, positive_amounts
from reports.analysis.block_values import block_means
from reports.analysis.pings import CellKey, CellPings


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


def time_per_site(
    pings: Mapping[CellKey, CellPings], workload: str, sites: int
) -> Mapping[str, pd.Series]:
    """Per contender the mean duration of a ping at each site, ns, by chain and site.

    A chain visits `sites` sites, each as often as the others and all its visits to one in a row; a
    site is named by its place in the chain.
    """
    own = {contender: each.places for (name, contender), each in pings.items() if name == workload}
    longest = max((int(_ping(places).max()) + 1 for places in own.values()), default=0)
    visits = max(longest // sites, 1)
    return {
        contender: _means(places, [places.index.get_level_values(0), _ping(places) // visits])
        for contender, places in own.items()
    }


def time_per_position(pings: Mapping[CellKey, CellPings], workload: str) -> Mapping[str, pd.Series]:
    """Per contender the mean duration of a ping, ns, by its place in its chain."""
    return {
        contender: _means(each.places, [_ping(each.places)])
        for (name, contender), each in pings.items()
        if name == workload
    }


def _ping(places: pd.DataFrame) -> pd.Index:
    return places.index.get_level_values(1)


def _means(places: pd.DataFrame, by: list[pd.Index]) -> pd.Series:
    totals = places.groupby(by).sum()
    return totals["sum"] / totals["count"]
