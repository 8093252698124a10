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

    return fold(await asyncio.gather(*map(call, job.values(iteration))))


async def to_thread(job: Job, iteration: int) -> int:
    """Handed to the default executor."""
    seconds = job.own["block_ns"] / 1e9
    calls = (asyncio.to_thread(block, value, seconds) for value in job.values(iteration))
    return fold(await asyncio.gather(*calls))
