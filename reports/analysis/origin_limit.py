"""Where the origin, and not the contender, may have been what was measured."""

import pandas as pd

_BUSY = 0.8


def origin_limited(invocations: pd.DataFrame) -> list[tuple[str, str]]:
    """The (workload, contender) in which the origin used over 80 % of the time.

    `invocations` is the frame of `reports.analysis.frames`; its share is the origin's CPU time over the wall
    time between the same moments, both summed over the invocations that stand for their block.
    """
    counted = invocations[invocations["valid"]]
    columns = ["origin_cpu_ns", "origin_wall_ns"]
    totals = counted.groupby(["workload", "contender"], observed=True)[columns].sum()
    busy = totals["origin_cpu_ns"] > _BUSY * totals["origin_wall_ns"]
    return [(str(workload), str(contender)) for workload, contender in totals.index[busy]]
