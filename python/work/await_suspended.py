"""Two tasks that pass a value to and fro: each await really suspends."""

import asyncio

from work.job import MASK, Job


async def coroutine(job: Job, iteration: int) -> int:
    """Futures as gates, one per player.

    Who receives a value closes a new gate of its own, and opens the other's with the next value.
    """
    loop = asyncio.get_running_loop()
    gates = [loop.create_future(), loop.create_future()]
    values = job.values(iteration)
    checksum = 0

    async def player(own: int) -> None:
        nonlocal checksum
        for turn in range(own, job.size, 2):
            value = await gates[own]  # before `checksum` is read: the other player folds as well
            checksum = (31 * checksum + value) & MASK
            gates[own] = loop.create_future()
            gates[1 - own].set_result(values.start + turn + 1)

    async with asyncio.TaskGroup() as group:
        group.create_task(player(0))
        group.create_task(player(1))
        gates[0].set_result(values.start)
    return checksum
