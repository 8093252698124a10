"""The same dependent steps as a coroutine and as callbacks: each takes one turn of the loop."""

import asyncio

from work.job import MASK, Job


def step(loop: asyncio.AbstractEventLoop, value: int) -> "asyncio.Future[int]":
    """Return a future that completes with a value on the loop's next turn."""
    future = loop.create_future()
    loop.call_soon(future.set_result, value)
    return future


async def coroutine(job: Job, iteration: int) -> int:
    """Await each step."""
    loop = asyncio.get_running_loop()
    checksum = 0
    for value in job.values(iteration):
        checksum = (31 * checksum + await step(loop, value)) & MASK
    return checksum


async def callbacks(job: Job, iteration: int) -> int:
    """Ask each step to call when it is done."""
    loop = asyncio.get_running_loop()
    end = loop.create_future()
    values = iter(job.values(iteration))
    checksum = 0

    def start() -> None:
        value = next(values, None)
        if value is None:
            end.set_result(checksum)
        else:
            step(loop, value).add_done_callback(stop)

    def stop(future: "asyncio.Future[int]") -> None:
        nonlocal checksum
        checksum = (31 * checksum + future.result()) & MASK
        start()

    start()
    result: int = await end
    return result
