"""Two contenders side by side, block by block."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from reports.analysis.holm import adjusted
from reports.analysis.intervals import Centre, centre
from reports.analysis.signed_rank import p_value
from results.plan import FEWEST_BLOCKS, Pair

# The metric that verdicts are about; all others get intervals only.
DECISIVE = "real"


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """b's value over a's. `centre` is None where no block has both; p only where one is due."""

    pair: Pair
    metric: str
    centre: Centre | None
    p: float | None
    p_holm: float | None


def compare(
    values: pd.DataFrame, pairs: Sequence[Pair], metrics: Sequence[str], m: int
) -> list[Comparison]:
    """Compare each pair in each metric, over the blocks in which both have a value.

    `values` is what `block_values` returns. p, and Holm's correction over `m` comparisons, only
    for `real` within a tier and from six blocks on.
    """
    columns = {metric: values[metric].unstack("block") for metric in metrics}
    logs = {metric: _rows(np.log(column)) for metric, column in columns.items()}
    found = [_compared(pair, metric, logs[metric]) for pair in pairs for metric in metrics]
    return _corrected(found, m)


def _rows(table: pd.DataFrame) -> dict[tuple[str, str], NDArray[np.float64]]:
    return dict(zip(table.index.tolist(), table.to_numpy(dtype=np.float64)))


def _compared(
    pair: Pair, metric: str, logs: Mapping[tuple[str, str], NDArray[np.float64]]
) -> Comparison:
    a, b = logs.get((pair.workload, pair.a)), logs.get((pair.workload, pair.b))
    differences = np.empty(0) if a is None or b is None else b - a
    differences = differences[~np.isnan(differences)]
    tested = metric == DECISIVE and pair.same_tier and differences.size >= FEWEST_BLOCKS
    return Comparison(
        pair=pair,
        metric=metric,
        centre=centre(differences) if differences.size else None,
        p=p_value(differences) if tested else None,
        p_holm=None,
    )


def _corrected(found: Sequence[Comparison], m: int) -> list[Comparison]:
    holm = iter(adjusted([c.p for c in found if c.p is not None], m))
    return [c if c.p is None else replace(c, p_holm=next(holm)) for c in found]
