"""Jobs that only compute, started at once."""

import asyncio
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import ExitStack
from functools import cache

from contract import Lacking
from work.job import MASK, Job, fold

OWN = ["rounds", "workers"]


def compute(value: int, rounds: int) -> int:
    """Turn a linear congruential generator."""
    for _ in range(rounds):
        value = (1664525 * value + 1013904223) & MASK
    return value


@cache
def thread_pool(workers: int) -> ThreadPoolExecutor:
    """Return the threads, kept from one iteration to the next; the loop closes its executor."""
    return ThreadPoolExecutor(workers)


@cache
def process_pool(workers: int, closing: ExitStack) -> ProcessPoolExecutor:
    """Return the processes, kept from one iteration to the next."""
    try:
        return closing.enter_context(ProcessPoolExecutor(workers))
    except (ImportError, OSError) as error:  # their semaphores are files in /dev/shm
        raise Lacking(f"Processes cannot share a semaphore here ({error}).") from error


async def to_thread(job: Job, iteration: int) -> int:
    """Handed to the default executor's threads."""
    rounds = job.own["rounds"]
    asyncio.get_running_loop().set_default_executor(thread_pool(job.own["workers"]))
    async with asyncio.TaskGroup() as group:
        tasks = [
            group.create_task(asyncio.to_thread(compute, value, rounds))
            for value in job.values(iteration)
        ]
    return fold(task.result() for task in tasks)


async def processes(job: Job, iteration: int) -> int:
    """Handed to a pool of processes."""
    loop, rounds = asyncio.get_running_loop(), job.own["rounds"]
    pool = process_pool(job.own["workers"], job.closing)

    async def to_process(value: int) -> int:
        return await loop.run_in_executor(pool, compute, value, rounds)

    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(to_process(value)) for value in job.values(iteration)]
    return fold(task.result() for task in tasks)
