"""Holm's correction for many comparisons.

Source: S. Holm (1979), A simple sequentially rejective multiple test procedure, Scandinavian
Journal of Statistics 6, 65–70.
"""

from collections.abc import Sequence

import numpy as np


def adjusted(p_values: Sequence[float], m: int) -> list[float]:
    """Holm's adjusted p values, in the order given, each in [p, 1].

    `m` is the number of comparisons planned before the first measurement. Those that yielded no p
    (invalid contenders) still count, as if theirs were 1: dropping out must not help the others.
    The i-th smallest of the p values becomes max over j <= i of min(1, (m - j + 1) p_(j)).
    """
    count = max(m, len(p_values))
    given = np.asarray(p_values, dtype=np.float64)
    order = np.argsort(given, kind="stable")
    factors = count - np.arange(given.size)
    steps = np.minimum(1.0, factors * given[order])
    result = np.empty(given.size)
    result[order] = np.maximum.accumulate(steps)
    return [float(value) for value in result]
