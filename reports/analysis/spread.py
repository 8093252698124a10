"""How far the blocks of a run lie apart: the noise that every interval has to cover."""

from collections.abc import Mapping

from reports.analysis.block_values import block_values
from reports.analysis.frames import Frames
from reports.analysis.pings import CellKey
from results.format import RunFile, decisive_metric


def block_spreads(run: RunFile, frames: Frames) -> Mapping[CellKey, float]:
    """The largest block value of the metric that decides over the smallest one, above 1.

    By (workload, contender); left out is who has fewer than two blocks. `frames` are those of `run`.
    """
    decisive = {workload["name"]: decisive_metric(workload) for workload in run["workloads"]}
    young_only = [name for name, metric in decisive.items() if metric != "real"]
    values = block_values(frames.invocations, frames.iterations, frames.pings, young_only)
    return {
        (str(workload), str(contender)): float(own.max() / own.min())
        for (workload, contender), table in values.groupby(["workload", "contender"], observed=True)
        if (own := table[decisive[str(workload)]].dropna()).size > 1
    }
