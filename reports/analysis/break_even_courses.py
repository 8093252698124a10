"""What a process has cost after so many items, start-up included: the courses that cross."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Floats = NDArray[np.float64]

# From one point of a curve to the next: finer than a reader can see.
_STEP = 1.1


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Course:
    """One contender's cumulative time (ns) after so many `items`: the median over its blocks.

    Both have shape (points,), from the first iteration to the last that all its blocks have.
    """

    contender: str
    items: Floats
    times: Floats


def courses_by_block(iterations: pd.DataFrame, workload: str) -> Mapping[str, Mapping[int, Floats]]:
    """By contender and block, start-up and all iterations up to each one, ns.

    Takes the frame of `reports.analysis.frames.iterations_of`; valid invocations count.
    """
    known = iterations["valid"] & iterations["startup_ns"].notna()
    rows = iterations[known & (iterations["workload"] == workload)]
    startup, real = rows["startup_ns"].to_numpy(), rows["real_ns"].to_numpy()
    found: dict[str, dict[int, Floats]] = {}
    groups = rows.groupby(["contender", "block"], observed=True).indices
    for (contender, block), places in groups.items():
        course = startup[places[0]] + np.cumsum(real[places], dtype=np.float64)
        found.setdefault(str(contender), {})[int(block)] = course
    return found


def course_of(contender: str, blocks: Mapping[int, Floats], items: int) -> Course:
    """Reduce a contender's courses to one; an iteration has so many `items`."""
    shortest = min(course.size for course in blocks.values())
    points = _points(shortest)
    times = np.median([course[points - 1] for course in blocks.values()], axis=0)
    return Course(contender=contender, items=items * points.astype(np.float64), times=times)


def _points(iterations: int) -> NDArray[np.int64]:
    """1, 2, 3, …, then a step each, and the last."""
    points = [1]
    while points[-1] < iterations:
        points.append(min(max(points[-1] + 1, round(points[-1] * _STEP)), iterations))
    return np.array(points, dtype=np.int64)


def behind(courses: Sequence[Course]) -> dict[str, tuple[Floats, Floats]]:
    """By contender, the items and how many times the least time of all courses it has taken there.

    As far as all courses reach.
    """
    last = min(course.items[-1] for course in courses)
    items = max(courses, key=lambda course: course.items.size).items
    items = np.append(items[items < last], last)
    times = [np.exp(np.interp(np.log(items), np.log(c.items), np.log(c.times))) for c in courses]
    least = np.min(times, axis=0)
    return {c.contender: (items, own / least) for c, own in zip(courses, times, strict=True)}


def leaders(courses: Sequence[Course]) -> Iterator[tuple[str, float]]:
    """Who is ahead, and from how many items on, by the medians; the first leads from the start on."""
    shares = behind(courses)
    names = [course.contender for course in courses]
    items = shares[names[0]][0]
    first = np.argmin([shares[name][1] for name in names], axis=0)
    for place in np.flatnonzero(np.diff(first, prepend=-1)):
        yield names[int(first[place])], float(items[place])
