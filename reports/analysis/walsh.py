"""Walsh averages, and the Hodges–Lehmann estimate that is their median.

Source: J. L. Hodges and E. L. Lehmann (1963), Estimates of location based on rank tests, Annals of
Mathematical Statistics 34, 598–611; M. Hollander, D. A. Wolfe and E. Chicken (2014), Nonparametric
Statistical Methods, 3rd ed., section 3.2.
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def walsh_averages(values: Floats) -> Floats:
    """All averages (v_i + v_j) / 2 with i <= j, sorted.

    `values` has shape (n,), n >= 1, finite; the result has shape (n (n + 1) / 2,) and its unit.
    """
    first, second = np.triu_indices(values.size)
    return np.sort((values[first] + values[second]) / 2)


def hodges_lehmann(averages: Floats) -> float:
    """The median of Walsh averages, in their unit: the estimate of the values' centre."""
    return float(np.median(averages))
