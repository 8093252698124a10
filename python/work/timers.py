"""Many delays at once."""

import asyncio

from work.job import Job, fold

OWN = ["delay_ns"]


async def delayed(value: int, seconds: float) -> int:
    """Return a value after a delay."""
    return await asyncio.sleep(seconds, value)


async def coroutine(job: Job, iteration: int) -> int:
    """asyncio.sleep in a task group."""
    seconds = job.own["delay_ns"] / 1e9
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(delayed(value, seconds)) for value in job.values(iteration)]
    return fold(task.result() for task in tasks)
