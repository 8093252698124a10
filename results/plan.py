"""The statistics that are fixed before a run measures: what plans and what analyses share it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

ALPHA = 0.05  # what a corrected p must stay below
DELTA = 0.03  # the margin of equivalence

# Below six blocks no 95 % interval exists: even the whole range of n = 5 covers 93.75 % only. Nor
# can max-T decide anything: its smallest corrected p is 2^(1 - n).
FEWEST_BLOCKS = 6
MOST_BLOCKS = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two contenders of a workload, a before b in the order of run.json."""

    workload: str
    a: str
    b: str
    same_tier: bool


def pairs_of(planned: Mapping[str, Sequence[str]], tiers: Mapping[str, str | None]) -> list[Pair]:
    """All pairs of each workload's contenders, in the order given; no tier is a tier of its own."""
    return [
        Pair(workload=workload, a=a, b=b, same_tier=tiers[a] == tiers[b])
        for workload, contenders in planned.items()
        for a, b in combinations(contenders, 2)
    ]


def count_comparisons(planned: Mapping[str, Sequence[str]], tiers: Mapping[str, str | None]) -> int:
    """Return m, what is corrected for together: the pairs within a tier, over all workloads."""
    return sum(pair.same_tier for pair in pairs_of(planned, tiers))


def invalid_since(broken: Iterable[tuple[int, int]]) -> int | None:
    """Return the block in which a contender became invalid in a workload for good, or None.

    `broken` are (block, attempt) of its invocations that broke a rule. It is invalid once a repeat
    broke a rule, or once rules were broken in two blocks.
    """
    met: set[int] = set()
    for block, attempt in sorted(broken):
        met.add(block)
        if attempt > 0 or len(met) > 1:
            return block
    return None
