"""What a contender takes when it is run once: start-up and the first iteration."""

from collections.abc import Mapping

import pandas as pd

from reports.analysis.amounts import Amount, positive_amounts


def once_times(iterations: pd.DataFrame, workload: str) -> Mapping[str, Amount]:
    """Start-up and iteration 0, ns, by contender; estimated over blocks.

    Takes the frame of `reports.analysis.frames.iterations_of`. Left out is who has no start-up.
    """
    own = iterations[
        (iterations["workload"] == workload) & (iterations["iteration"] == 0) & iterations["valid"]
    ]
    times = (own["startup_ns"] + own["real_ns"]).to_numpy()
    index = pd.MultiIndex.from_frame(own[["contender", "block"]])
    return positive_amounts(pd.Series(times, index=index).where(lambda ns: ns > 0))
