"""Cancelling many pending tasks, until the last has ended."""

import asyncio

from contract import now_ns
from work.job import Job, fold

FIELD = "cancel_ns"


async def pending(value: int) -> int:
    """Wait for what never comes; give the value when cancelled."""
    try:
        await asyncio.get_running_loop().create_future()
    except asyncio.CancelledError:
        pass
    return value


async def coroutine(job: Job, iteration: int) -> int:
    """Task.cancel on each."""
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(pending(value)) for value in job.values(iteration)]
        await asyncio.sleep(0)  # every task reaches its await
        start_ns = now_ns()
        for task in tasks:
            task.cancel()
    job.noted[iteration] = now_ns() - start_ns
    return fold(task.result() for task in tasks)
