"""The schedule: what runs when, drawn from the seed before anything is measured."""

import random
from collections.abc import Mapping, Sequence
from itertools import combinations

from results.format import GroupPlan
from runners.manifest import Contender


def draw_schedule(
    seed: int, blocks: int, contenders: Mapping[str, Sequence[str]]
) -> list[list[GroupPlan]]:
    """Return, per block, the groups in random order, each with its contenders in random order.

    `contenders` maps a workload to the ids that perform it. A group's invocations are adjacent,
    so that whatever the machine does in those seconds, it does to all of them.
    """
    generator = random.Random(seed)
    schedule = []
    for _ in range(blocks):
        groups = [name for name, ids in contenders.items() if ids]
        generator.shuffle(groups)
        block = []
        for workload in groups:
            order = list(contenders[workload])
            generator.shuffle(order)
            block.append(GroupPlan(workload=workload, order=order))
        schedule.append(block)
    return schedule


def count_comparisons(performers: Mapping[str, Sequence[Contender]]) -> int:
    """Return m, the number of pairs within a tier over all workloads of a run."""
    return sum(a.tier == b.tier for group in performers.values() for a, b in combinations(group, 2))


def can_decide(comparisons: int, blocks: int) -> bool:
    """Tell whether `blocks` blocks can yield *faster* among `comparisons` comparisons.

    The smallest two-sided p of the signed-rank test on n blocks is 2^(1-n); Holm multiplies it
    by m, which must stay below 0.05.
    """
    return comparisons * 2.0 ** (1 - blocks) < 0.05
