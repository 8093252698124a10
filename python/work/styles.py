"""The same dependent steps as a coroutine and as callbacks: each takes one turn of the loop."""

import asyncio

from work.job import MASK, Job


async def step(value: int) -> int:
    """Give a value on the loop's next turn."""
    await asyncio.sleep(0)
    return value


async def coroutine(job: Job, iteration: int) -> int:
    """Await each step."""
    checksum = 0
    for value in job.values(iteration):
        checksum = (31 * checksum + await step(value)) & MASK
    return checksum


async def callbacks(job: Job, iteration: int) -> int:
    """Have each turn of the loop call when the step is done: no future but the iteration's."""
    loop = asyncio.get_running_loop()
    end = loop.create_future()
    values = iter(job.values(iteration))
    checksum = 0

    def start() -> None:
        value = next(values, None)
        if value is None:
            end.set_result(checksum)
        else:
            loop.call_soon(stop, value)

    def stop(value: int) -> None:
        nonlocal checksum
        checksum = (31 * checksum + value) & MASK
        start()

    start()
    result: int = await end
    return result
