"""Two contenders side by side, block by block."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from reports.analysis.intervals import Centre, centre
from reports.analysis.max_t import adjusted
from reports.analysis.signed_rank import p_value
from results.plan import FEWEST_BLOCKS, Pair

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """b's value over a's. `centre` is None where no block has both; p only where one is due."""

    pair: Pair
    metric: str
    centre: Centre | None
    p: float | None
    p_adjusted: float | None


def compare(
    values: pd.DataFrame,
    pairs: Sequence[Pair],
    metrics: Sequence[str],
    decisive: Mapping[str, str],
    seed: int,
) -> list[Comparison]:
    """Compare each pair in each metric, over the blocks in which both have a value.

    `values` is what `block_values` returns; `decisive` names each workload's metric that verdicts
    are about, all others get intervals only. p, and max-T's correction of it over all comparisons
    that have one (`seed` draws its signs in long runs), within a tier and from six blocks on.
    """
    columns = {metric: values[metric].unstack("block") for metric in metrics}
    logs = {metric: _rows(np.log(column)) for metric, column in columns.items()}
    found, tested = [], []
    for pair in pairs:
        for metric in metrics:
            differences = _differences(logs[metric], pair)
            due = metric == decisive[pair.workload] and pair.same_tier
            found.append(_compared(pair, metric, differences, due))
            if found[-1].p is not None:
                tested.append(differences)
    corrected = iter(adjusted(np.array(tested), seed) if tested else [])
    return [c if c.p is None else replace(c, p_adjusted=next(corrected)) for c in found]


def _rows(table: pd.DataFrame) -> dict[tuple[str, str], Floats]:
    return dict(zip(table.index.tolist(), table.to_numpy(dtype=np.float64)))


def _differences(logs: Mapping[tuple[str, str], Floats], pair: Pair) -> Floats:
    """ln(b / a) in each block, NaN where one of them has no value; empty where it never has."""
    a, b = logs.get((pair.workload, pair.a)), logs.get((pair.workload, pair.b))
    return np.empty(0) if a is None or b is None else b - a


def _compared(pair: Pair, metric: str, differences: Floats, due: bool) -> Comparison:
    present = differences[~np.isnan(differences)]
    return Comparison(
        pair=pair,
        metric=metric,
        centre=centre(present) if present.size else None,
        p=p_value(present) if due and present.size >= FEWEST_BLOCKS else None,
        p_adjusted=None,
    )
