"""`real` beside what the origin saw of the same iterations with its own clock."""

import numpy as np
import pandas as pd

from reports.analysis.intervals import centre
from reports.page.columns import Figure


def bound_figures(iterations: pd.DataFrame, workload: str) -> dict[str, tuple[Figure, Figure]]:
    """Per contender the origin's bound, and what `real` has beyond it (ns).

    Estimated like `real` itself, from the means of blocks: so a bound that is below `real` in
    every block is below it here. Contenders whose iterations were not joined are left out.
    """
    counted = iterations["valid"] & iterations["measured"] & (iterations["workload"] == workload)
    rows = iterations[counted & iterations["bound_ns"].notna()]
    means = rows.groupby(["contender", "block"], observed=True)[["real_ns", "bound_ns"]].mean()
    found = {}
    for contender, blocks in means.groupby(level="contender", observed=True):
        bound, beyond = blocks["bound_ns"], blocks["real_ns"] - blocks["bound_ns"]
        if (bound > 0).all() and (beyond > 0).all():
            found[str(contender)] = (_figure(bound), _figure(beyond))
    return found


def _figure(values: pd.Series) -> Figure:
    estimate = centre(np.log(values.to_numpy(dtype=np.float64)))
    wide = estimate.wide
    return Figure(
        value=estimate.value, low=wide.low if wide else None, high=wide.high if wide else None
    )
