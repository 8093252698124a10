"""The schedule: what runs when, drawn from the seed before anything is measured."""

import random
from collections.abc import Mapping, Sequence

from results.format import AGAIN, GroupPlan


def draw_schedule(
    seed: int,
    blocks: int,
    contenders: Mapping[str, Sequence[str]],
    null_arm: Mapping[str, str],
) -> list[list[GroupPlan]]:
    """Return, per block, the groups in random order, each with its contenders in random order.

    `contenders` maps a workload to the ids that perform it, `null_arm` to the one that comes twice.
    A group's invocations are adjacent, so that whatever the machine does in those seconds, it does
    to all of them.
    """
    generator = random.Random(seed)
    schedule = []
    for _ in range(blocks):
        groups = [name for name, ids in contenders.items() if ids]
        generator.shuffle(groups)
        block = []
        for workload in groups:
            order = list(contenders[workload])
            if workload in null_arm:
                order.append(f"{null_arm[workload]}{AGAIN}")
            generator.shuffle(order)
            block.append(GroupPlan(workload=workload, order=order))
        schedule.append(block)
    return schedule


def draw_null_arm(seed: int, contenders: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Return, for each workload that somebody performs, who of them comes twice."""
    generator = random.Random(f"{seed} null arm")  # a stream of its own: the schedule's stays
    return {name: generator.choice(ids) for name, ids in contenders.items() if ids}
