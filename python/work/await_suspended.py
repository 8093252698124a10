"""Two tasks that pass a value to and fro: each await really suspends."""

import asyncio

from work.job import MASK, Job


async def tasks(job: Job, iteration: int) -> int:
    """Futures as gates: who receives a value opens the other's gate with the next one."""
    loop = asyncio.get_running_loop()
    gates = [loop.create_future() for _ in range(job.size + 1)]
    values = job.values(iteration)
    checksum = 0

    async def player(first: int) -> None:
        nonlocal checksum
        for turn in range(first, job.size, 2):
            value = await gates[turn]  # before `checksum` is read: the other player folds as well
            checksum = (31 * checksum + value) & MASK
            gates[turn + 1].set_result(values.start + turn + 1)

    async with asyncio.TaskGroup() as group:
        group.create_task(player(0))
        group.create_task(player(1))
        gates[0].set_result(values.start)
    return checksum
