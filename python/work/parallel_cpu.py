"""Jobs that only compute, started at once."""

import asyncio
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from functools import cache

from work.job import MASK, Job, fold

OWN = ["rounds", "workers"]


def compute(value: int, rounds: int) -> int:
    """Turn a linear congruential generator."""
    for _ in range(rounds):
        value = (1664525 * value + 1013904223) & MASK
    return value


@cache
def thread_pool(workers: int) -> ThreadPoolExecutor:
    """Return the threads, kept from one iteration to the next."""
    return ThreadPoolExecutor(workers)


@cache
def process_pool(workers: int) -> ProcessPoolExecutor:
    """Return the processes, kept from one iteration to the next."""
    return ProcessPoolExecutor(workers)


async def to_thread(job: Job, iteration: int) -> int:
    """Handed to the default executor's threads."""
    rounds = job.own["rounds"]
    asyncio.get_running_loop().set_default_executor(thread_pool(job.own["workers"]))
    jobs = (asyncio.to_thread(compute, value, rounds) for value in job.values(iteration))
    return fold(await asyncio.gather(*jobs))


async def processes(job: Job, iteration: int) -> int:
    """Handed to a pool of processes."""
    loop, rounds = asyncio.get_running_loop(), job.own["rounds"]
    pool = process_pool(job.own["workers"])
    jobs = [loop.run_in_executor(pool, compute, value, rounds) for value in job.values(iteration)]
    return fold(await asyncio.gather(*jobs))
