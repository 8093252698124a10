"""Starting many tasks and joining them."""

import asyncio

from work.job import Job, fold


async def immediate(value: int) -> int:
    """Have nothing to wait for."""
    return value


async def coroutine(job: Job, iteration: int) -> int:
    """A task group joins them; each is asked for its result."""
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(immediate(value)) for value in job.values(iteration)]
    return fold(task.result() for task in tasks)
