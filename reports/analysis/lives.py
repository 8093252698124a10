"""How long each iteration of a process takes, from its first to its last, over the blocks."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from reports.analysis.analysed import Analysis
from reports.analysis.paces import PaceRow
from results.format import WorkloadPlan, decisive_metric, length_of, quantity_of

_MOST_BINS = 48  # of a life: finer than a reader can see
_WINDOW_BINS = 24

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Curve:
    """Iterations in bins: the first one of each bin and the one after its last.

    `median`, `lower` and `upper` are the quartiles, over blocks, of a block's mean in the bin.
    """

    edges: tuple[int, ...]
    median: Floats
    lower: Floats
    upper: Floats


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Life:
    """One contender's whole life (ns), and the `window` that verdicts are about.

    The window's times are over its block's mean there; None where it is too short to have a course.
    Of `warmup` iterations nothing is measured; `young` is the last young one, None without any.
    `pace` is what is said of the contender's steadiness, None where verdicts are not about that.
    """

    contender: str
    whole: Curve
    window: Curve | None
    warmup: int
    young: int | None
    estimate_ns: float
    pace: PaceRow | None


def lives_of(analysis: Analysis, workload: WorkloadPlan) -> tuple[Life, ...]:
    """The life of everybody with a number; none where a single iteration has no course to show."""
    if workload["iterations"] == 1:
        return ()
    return tuple(_lives(analysis, workload))


def _lives(analysis: Analysis, workload: WorkloadPlan) -> Iterator[Life]:
    name, every = workload["name"], analysis.frames.iterations
    own = every[(every["workload"] == name) & every["valid"]]  # of millions, once for all
    paces = {row["contender"]: row for row in analysis.summary["paces"] if row["workload"] == name}
    measured = quantity_of(workload) in ("steady", "as measured")
    edges = bins(int(own["iteration"].max()) + 1 if len(own) else 1, _MOST_BINS)
    for place in analysis.places(name):
        times = _by_block(own[own["contender"] == place.contender])
        warmup = length_of(workload, place.contender)["warmup"] if measured else 0
        if times.size:
            yield Life(
                contender=place.contender,
                whole=curve(times, _until(edges, times.shape[1])),
                window=_window(times[:, warmup:], warmup) if measured else None,
                warmup=warmup,
                young=workload["young"] if decisive_metric(workload) != "first" else None,
                estimate_ns=place.time.value,
                pace=paces.get(place.contender),
            )


def _by_block(rows: pd.DataFrame) -> Floats:
    """Times of the iterations that every block has, ns, shape (blocks, iterations)."""
    table = rows.pivot(index="block", columns="iteration", values="real_ns").dropna(axis=1)
    times: Floats = table.to_numpy(dtype=np.float64)
    return times


def _window(times: Floats, first: int) -> Curve | None:
    iterations = times.shape[1]
    if iterations < 4:
        return None
    edges = np.unique(np.linspace(0, iterations, min(_WINDOW_BINS, iterations) + 1).round())
    found = curve(times / times.mean(axis=1, keepdims=True), tuple(map(int, edges)))
    return Curve(
        edges=tuple(first + edge for edge in found.edges),
        median=found.median,
        lower=found.lower,
        upper=found.upper,
    )


def curve(times: Floats, edges: tuple[int, ...]) -> Curve:
    """Reduce `times`, shape (blocks, iterations), to bins with these edges."""
    means = np.add.reduceat(times, edges[:-1], axis=1) / np.diff(edges)
    lower, median, upper = np.quantile(means, [0.25, 0.5, 0.75], axis=0)
    return Curve(edges=edges, median=median, lower=lower, upper=upper)


def _until(edges: tuple[int, ...], iterations: int) -> tuple[int, ...]:
    """The bins of a shorter life, so that all begin alike."""
    return (*(edge for edge in edges if edge < iterations), iterations)


def bins(iterations: int, most: int) -> tuple[int, ...]:
    """At most so many bins: single iterations as long as that is enough, then growing ones.

    Returns where they begin, and the end of the last one.
    """
    step = 1.0
    while True:
        edges = [0]
        while edges[-1] < iterations:
            edges.append(min(max(edges[-1] + 1, round(edges[-1] * step)), iterations))
        if len(edges) - 1 <= most:
            return tuple(edges)
        step += 0.05
