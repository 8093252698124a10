"""Cancelling: where it strikes, who can swallow it, and what has to be passed along for it."""

import asyncio
import sys
import threading
from collections.abc import Awaitable, Callable, Coroutine

from probes.catalogue import Fact, Observation, probe

Gate = asyncio.Future[None]


def new_gate() -> Gate:
    """Return a future that nobody but the probe resolves."""
    return asyncio.get_running_loop().create_future()


async def end_of(task: "asyncio.Task[object]") -> str:
    """Wait for a task's end and say how it ended, with the message of a cancellation."""
    try:
        return f"returned {await task}"
    except asyncio.CancelledError as error:
        return " ".join(["cancelled", *map(str, error.args)])


# probe: cancel-point
@probe("cancel-point")
def cancel_point() -> Observation:
    """Cancel a task at each moment of its life."""
    moments: list[Callable[[], Coroutine[object, object, dict[str, Fact]]]] = [
        while_suspended,
        before_start,
        from_within,
        when_already_done,
        through_another,
    ]
    facts: dict[str, Fact] = {}
    for moment in moments:
        facts.update(asyncio.run(moment()))
    if sys.version_info >= (3, 12):
        facts.update(asyncio.run(before_start_eagerly()))
    return Observation(facts)


async def while_suspended() -> dict[str, Fact]:
    """Cancel a task that waits, and once more when it has ended."""
    events: list[str] = []

    async def body() -> None:
        events.append("first-await")
        try:
            await new_gate()
            events.append("second-await")
            await new_gate()
        except asyncio.CancelledError as error:
            events.append(f"raised {error.args[0]}")
            raise

    task = asyncio.create_task(body())
    await asyncio.sleep(0)
    return {
        "cancel-returns": task.cancel("why"),
        "cancelled-at-once": task.cancelled(),
        "awaiter-sees": await end_of(task),
        "cancelled-at-end": task.cancelled(),
        "cancel-again-returns": task.cancel(),
        "order": events,
    }


async def before_start() -> dict[str, Fact]:
    """Cancel a task that was just created, and say whether its body ran."""
    events: list[str] = []

    async def body() -> None:
        events.append("body")
        await asyncio.sleep(0)

    task = asyncio.create_task(body())
    task.cancel()
    await end_of(task)
    return {"cancelled-before-start-runs": "body" in events}


async def before_start_eagerly() -> dict[str, Fact]:
    """Do the same where tasks start within create_task."""
    if sys.version_info >= (3, 12):
        asyncio.get_running_loop().set_task_factory(asyncio.eager_task_factory)
    return {f"eager-{name}": fact for name, fact in (await before_start()).items()}


async def from_within() -> dict[str, Fact]:
    """Let a task cancel itself and go on awaiting."""
    events: list[str] = []

    async def noop() -> None:
        pass

    async def body() -> None:
        task = asyncio.current_task()
        assert task is not None
        task.cancel()
        await noop()
        events.append("passed-await-without-suspension")
        try:
            await asyncio.sleep(0)
            events.append("passed-suspension")
        except asyncio.CancelledError:
            events.append("raised-at-suspension")
            raise

    await end_of(asyncio.create_task(body()))
    return {"self-cancel": events}


async def when_already_done() -> dict[str, Fact]:
    """Cancel a task whose future has its result but which has not resumed yet."""

    async def body(gate: "asyncio.Future[str]") -> str:
        return await gate

    gate: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    task = asyncio.create_task(body(gate))
    await asyncio.sleep(0)
    gate.set_result("result")
    task.cancel()
    return {"result-ready-then-cancelled": await end_of(task)}


async def through_another() -> dict[str, Fact]:
    """Cancel a task that awaits another task, plainly and through a shield."""

    async def inner() -> None:
        await new_gate()

    async def outer(awaited: Awaitable[None]) -> None:
        await awaited

    plain, shielded = asyncio.create_task(inner()), asyncio.create_task(inner())
    outers = [
        asyncio.create_task(outer(plain)),
        asyncio.create_task(outer(asyncio.shield(shielded))),
    ]
    await asyncio.sleep(0)
    for task in outers:
        task.cancel()
    await asyncio.wait(outers)
    facts: dict[str, Fact] = {
        "inner-cancelled": plain.cancelled(),
        "shielded-inner-cancelled": shielded.done(),
    }
    shielded.cancel()
    await asyncio.wait([shielded])
    return facts


# probe: cancel-swallow
@probe("cancel-swallow")
def cancel_swallow() -> Observation:
    """Catch a cancellation and go on."""
    events: list[str] = []

    async def body() -> str:
        try:
            try:
                await new_gate()
            except Exception:
                events.append("caught-as-exception")
        except asyncio.CancelledError:
            events.append("caught-as-cancelled-error")
        await asyncio.sleep(0)
        events.append("next-await-works")
        return "value"

    async def course() -> dict[str, Fact]:
        task = asyncio.create_task(body())
        await asyncio.sleep(0)
        task.cancel()
        return {
            "ends": await end_of(task),
            "cancelled": task.cancelled(),
            "cancelling": task.cancelling(),
        }

    return Observation(
        {
            **asyncio.run(course()),
            "order": events,
            "is-exception": issubclass(asyncio.CancelledError, Exception),
            "thread-job-goes-on": asyncio.run(thread_job_goes_on()),
        }
    )


async def thread_job_goes_on() -> bool:
    """Cancel the awaiter of a job in a thread, and let the job end only after that."""
    started, go_on, ended = threading.Event(), threading.Event(), threading.Event()

    def job() -> None:
        started.set()
        if go_on.wait(2):
            ended.set()

    async def awaiter() -> None:
        await asyncio.to_thread(job)

    task = asyncio.create_task(awaiter())
    await asyncio.to_thread(started.wait, 2)
    task.cancel()
    await asyncio.wait([task])
    go_on.set()
    return await asyncio.to_thread(ended.wait, 2)


# probe: cancel-needs-token
@probe("cancel-needs-token")
def cancel_needs_token() -> Observation:
    """Cancel a chain of three calls that know of no token."""
    events: list[str] = []

    async def link(name: str, awaited: Awaitable[None]) -> None:
        try:
            await awaited
        except asyncio.CancelledError:
            events.append(name)
            raise

    async def course() -> bool:
        chain = link("outer", link("middle", link("inner", new_gate())))
        task = asyncio.create_task(chain)
        await asyncio.sleep(0)
        task.cancel()
        await end_of(task)
        return task.cancelled()

    cancelled = asyncio.run(course())
    return Observation({"no-token-cancelled": cancelled, "reaches": events})
