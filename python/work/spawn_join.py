"""Starting many tasks and joining them."""

import asyncio

from work.job import Job, fold


async def immediate(value: int) -> int:
    """Have nothing to wait for."""
    return value


async def suspending(value: int) -> int:
    """Let the loop take one turn."""
    await asyncio.sleep(0)
    return value


async def create_task(job: Job, iteration: int) -> int:
    """Tasks in a group, each of which ends in its first step."""
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(immediate(value)) for value in job.values(iteration)]
    return fold(task.result() for task in tasks)


async def yield_once(job: Job, iteration: int) -> int:
    """The same, each suspended once."""
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(suspending(value)) for value in job.values(iteration)]
    return fold(task.result() for task in tasks)
