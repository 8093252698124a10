"""Everybody's block values beside those of the best of the tier: what a ratio rests on."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from reports.analysis.amounts import Amount
from reports.analysis.analysed import Analysis
from reports.analysis.block_values import deciding_means
from reports.analysis.standing import Against, Place, Standing
from results.format import WorkloadPlan


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """One contender: its time (ns) and its multiple of the best one's, in each block and over all.

    `ratios` are of the blocks that both have; the best has none. In the blocks `hollow` everything
    stood still or the machine was disturbed.
    """

    contender: str
    against: Against
    times: Mapping[int, float]
    ratios: Mapping[int, float]
    time: Amount
    ratio: Amount
    hollow: frozenset[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    """A tier: its contenders, the best first; `heading` is the tier's where there are several."""

    heading: str | None
    branches: tuple[Branch, ...]


def trees_of(analysis: Analysis, workload: WorkloadPlan) -> tuple[Tree, ...]:
    """The tiers of a workload in which anybody has a number."""
    means = deciding_means(analysis.frames.iterations, workload)
    standings = analysis.standings[workload["name"]]
    return tuple(
        Tree(
            heading=standing.heading if len(standings) > 1 else None,
            branches=tuple(_branches(analysis, standing, means)),
        )
        for standing in standings
        if standing.places
    )


def _branches(analysis: Analysis, standing: Standing, means: pd.Series) -> Iterator[Branch]:
    times = {place.contender: _by_block(means, place) for place in standing.places}
    best = times[standing.places[0].contender]
    for place in standing.places:
        own = times[place.contender]
        yield Branch(
            contender=place.contender,
            against=place.against,
            times=own,
            ratios=(
                {}
                if place.comparison is None
                else {block: time / best[block] for block, time in own.items() if block in best}
            ),
            time=place.time,
            ratio=place.ratio,
            hollow=analysis.notes.disturbed((standing.workload, place.contender)),
        )


def _by_block(means: pd.Series, place: Place) -> dict[int, float]:
    own = means[place.contender].dropna()
    return {int(block): float(time) for block, time in own.items()}
