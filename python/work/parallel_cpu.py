"""Jobs that only compute, started at once."""

import asyncio
from concurrent.futures import Executor, ProcessPoolExecutor
from functools import cache

from work.job import MASK, Job, fold

OWN = ["rounds"]


def compute(value: int, rounds: int) -> int:
    """Turn a linear congruential generator."""
    for _ in range(rounds):
        value = (1664525 * value + 1013904223) & MASK
    return value


@cache
def pool() -> Executor:
    """Return the processes, kept from one iteration to the next."""
    return ProcessPoolExecutor()


async def to_thread(job: Job, iteration: int) -> int:
    """Handed to the default executor's threads."""
    rounds = job.own["rounds"]
    jobs = (asyncio.to_thread(compute, value, rounds) for value in job.values(iteration))
    return fold(await asyncio.gather(*jobs))


async def processes(job: Job, iteration: int) -> int:
    """Handed to a pool of processes, one per CPU."""
    loop, rounds = asyncio.get_running_loop(), job.own["rounds"]
    jobs = [loop.run_in_executor(pool(), compute, value, rounds) for value in job.values(iteration)]
    return fold(await asyncio.gather(*jobs))
