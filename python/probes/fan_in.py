"""Joining several jobs: the order of results, and what a failure does to the others."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Sequence

from probes.catalogue import Fact, Observation, probe
from probes.restored import restored
from probes.virtual_time import run_virtually

Jobs = Sequence["asyncio.Task[int]"]
# Job k ends in this virtual second, so that they end in the order 2, 0, 1.
ENDS = (2, 3, 1)


async def job(number: int) -> int:
    """End in the job's own second."""
    await asyncio.sleep(ENDS[number])
    return number


# probe: fan-in-order
@probe("fan-in-order")
def fan_in_order() -> Observation:
    """Join three jobs that end in the order 2, 0, 1, in each of the ways there are."""

    async def join(way: Callable[[Jobs], Awaitable[list[int]]]) -> list[int]:
        return await way([asyncio.create_task(job(number)) for number in range(3)])

    async def gather(jobs: Jobs) -> list[int]:
        return list(await asyncio.gather(*jobs))

    async def task_group(jobs: Jobs) -> list[int]:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(job(number)) for number in range(3)]
        return [task.result() for task in tasks]

    async def as_completed(jobs: Jobs) -> list[int]:
        return [await result for result in asyncio.as_completed(jobs)]

    async def wait() -> list[str]:
        return [type(part).__name__ for part in await asyncio.wait([asyncio.create_task(job(0))])]

    return Observation(
        {
            "join": run_virtually(join(gather)),
            "task-group": run_virtually(join(task_group)),
            "as-completed": run_virtually(join(as_completed)),
            "wait-returns": run_virtually(wait()),
            "wait-for-coroutines": wait_for_coroutines(),
            "seed-program": seed_program(),
        }
    )


def wait_for_coroutines() -> str:
    """Hand coroutines to asyncio.wait."""
    coroutines = [job(0), job(1)]
    wait: Callable[..., Coroutine[object, object, object]] = asyncio.wait
    try:
        run_virtually(wait(coroutines))
    except TypeError as error:
        return type(error).__name__
    finally:
        for coroutine in coroutines:
            coroutine.close()
    return "none"


def seed_program() -> str:
    """Join the survey's two chains as printed; other coroutines stand in for the chains."""
    parallel = restored("ping", "parallel_http_ping_sites")

    chains = [job(0), job(1)]
    parallel.__globals__["sequentially_http_ping_sites"] = lambda *_: chains.pop()
    unused = list(chains)
    try:
        run_virtually(parallel())
    except TypeError as error:
        return type(error).__name__
    finally:
        for coroutine in unused:
            coroutine.close()
    return "none"


# probe: fan-in-failure
Join = Callable[["asyncio.Task[None]", "asyncio.Task[None]"], Awaitable[object]]


async def failure_course(join: Join) -> list[str]:
    """Join A, which fails at once, and B, whose gate opens only after the joiner had its turns."""
    events: list[str] = []
    gate: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    async def a() -> None:
        events.append("A-fails")
        raise LookupError("A")

    async def b() -> None:
        try:
            await gate
            events.append("B-ends")
        except asyncio.CancelledError:
            events.append("B-cancelled")
            raise

    async def joiner() -> None:
        try:
            await join(job_a, job_b)
            events.append("joined")
        except LookupError as error:
            events.append(f"raised:{error.args[0]}")
        except ExceptionGroup as group:
            events.append(f"raised:group of {len(group.exceptions)}")

    job_a, job_b = asyncio.create_task(a()), asyncio.create_task(b())
    joining = asyncio.create_task(joiner())
    # On virtual time this timer fires when nothing else can happen any more.
    asyncio.get_running_loop().call_later(1, open_gate, gate)
    await asyncio.gather(joining, job_a, job_b, return_exceptions=True)
    return events


def open_gate(gate: "asyncio.Future[None]") -> None:
    """Open a gate, unless the only waiter was cancelled."""
    if not gate.done():
        gate.set_result(None)


async def in_task_group(a: "asyncio.Task[None]", b: "asyncio.Task[None]") -> None:
    """Own both jobs in a task group."""

    async def follow(job: "asyncio.Task[None]") -> None:
        await job

    async with asyncio.TaskGroup() as group:
        group.create_task(follow(a))
        group.create_task(follow(b))


@probe("fan-in-failure")
def fan_in_failure() -> Observation:
    """Let one of two joined jobs fail; see when the joiner hears of it and how the other ends."""
    ways: dict[str, Join] = {
        "join": lambda a, b: asyncio.gather(a, b),
        "return-exceptions": lambda a, b: asyncio.gather(a, b, return_exceptions=True),
        "wait": lambda a, b: asyncio.wait([a, b]),
        "task-group": in_task_group,
    }
    facts: dict[str, Fact] = {
        name: run_virtually(failure_course(join)) for name, join in ways.items()
    }
    return Observation(facts)
