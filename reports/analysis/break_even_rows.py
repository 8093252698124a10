"""The break-even points of summary.json: who leads when, start-up included."""

import math
from collections.abc import Iterator, Sequence
from typing import TypedDict

import pandas as pd

from reports.analysis.break_even import BreakEven, break_even
from reports.analysis.break_even_courses import courses_by_block
from reports.analysis.verdict_rows import Sentences
from reports.analysis.work import family_of, items_of
from results.format import RunFile, quantity_of
from results.plan import FEWEST_BLOCKS, Pair


class BreakEvenRow(TypedDict):
    """From how many items on `ahead`, a or b, stays ahead; `once` is b's time over a's for one run.

    `items` and its interval are null where it is not so within `within` items: for `items` in half
    of the blocks.
    """

    workload: str
    a: str
    b: str
    once: float
    once_low: float | None
    once_high: float | None
    ahead: str
    items: float | None
    low: float | None
    high: float | None
    within: int
    blocks: int
    sentence: str


def break_even_rows(
    run: RunFile, pairs: Sequence[Pair], iterations: pd.DataFrame, words: Sentences
) -> Iterator[BreakEvenRow]:
    """One row for each of `pairs` within a tier, where six blocks have both.

    Takes the frame of `reports.analysis.frames.iterations_of`. None of runs that were cut off, nor
    of workloads whose processes are not told apart by their age.
    """
    if run["status"] != "complete":
        return
    labels = {contender["id"]: contender["label"] for contender in run["contenders"]}
    for workload in run["workloads"]:
        family = family_of(run, workload)
        own = [p for p in pairs if p.workload == workload["name"] and p.same_tier]
        if quantity_of(workload) not in ("steady", "young") or not own:
            continue
        courses = courses_by_block(iterations, workload["name"])
        for pair in own:
            a, b = courses.get(pair.a, {}), courses.get(pair.b, {})
            both = [(a[block], b[block]) for block in a if block in b]
            if len(both) >= FEWEST_BLOCKS:
                found = break_even(both, items_of(family, workload) or 1)
                text = words.break_even_sentence(
                    labels[pair.a], labels[pair.b], found, family["item"]
                )
                yield _row(pair, found, text)


def _row(pair: Pair, found: BreakEven, sentence: str) -> BreakEvenRow:
    once = found.once
    return BreakEvenRow(
        workload=pair.workload,
        a=pair.a,
        b=pair.b,
        once=once.value,
        once_low=once.wide.low if once.wide else None,
        once_high=once.wide.high if once.wide else None,
        ahead=pair.a if found.a_ahead else pair.b,
        items=_finite(found.items),
        low=_finite(found.low),
        high=_finite(found.high),
        within=found.within,
        blocks=found.blocks,
        sentence=sentence,
    )


def _finite(items: float | None) -> float | None:
    return items if items is not None and math.isfinite(items) else None
