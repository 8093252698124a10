"""The schedule: what runs when, drawn from the seed before anything is measured."""

import random
from collections.abc import Mapping, Sequence

from results.format import GroupPlan


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
