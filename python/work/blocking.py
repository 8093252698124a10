"""Calls that block, started at once."""

import asyncio
import time

from work.job import Job, fold

OWN = ["block_ns"]


def block(value: int, seconds: float) -> int:
    """Block the thread, then return a value."""
    time.sleep(seconds)
    return value


async def on_loop(job: Job, iteration: int) -> int:
    """Called from coroutines: each holds up the event loop."""
    seconds = job.own["block_ns"] / 1e9

    async def call(value: int) -> int:
        return block(value, seconds)

    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(call(value)) for value in job.values(iteration)]
    return fold(task.result() for task in tasks)


async def to_thread(job: Job, iteration: int) -> int:
    """Handed to the default executor."""
    seconds = job.own["block_ns"] / 1e9
    async with asyncio.TaskGroup() as group:
        tasks = [
            group.create_task(asyncio.to_thread(block, value, seconds))
            for value in job.values(iteration)
        ]
    return fold(task.result() for task in tasks)
