"""How a call starts, where a suspension goes, and when a waiter goes on."""

import asyncio
import contextlib
import gc
import io
import sys
import warnings
from collections.abc import Awaitable, Callable, Coroutine

from probes.catalogue import Fact, Observation, probe
from probes.restored import restored
from probes.task_start import start_order
from probes.virtual_time import run_virtually


# probe: hello-order
@probe("hello-order")
def hello_order() -> Observation:
    """Run the seed's sample as it is, its two seconds on virtual time: alone, and beside a job."""

    async def job() -> None:
        await asyncio.sleep(1)
        print("another job")

    async def beside_a_job() -> None:
        await asyncio.gather(restored("hello")(), job())

    return Observation(
        {
            "lines": printed(restored("hello")()),
            "lines-beside-another-job": printed(beside_a_job()),
        }
    )


def printed(main: Coroutine[object, object, None]) -> list[str]:
    """Run on virtual time and return the lines that are printed."""
    with contextlib.redirect_stdout(io.StringIO()) as output:
        run_virtually(main)
    return output.getvalue().splitlines()


# probe: call-runs-body
@probe("call-runs-body")
def call_runs_body() -> Observation:
    """Call, look, then await; and call once more and drop what was returned."""
    events: list[str] = []

    async def body() -> None:
        events.append("body-start")
        await asyncio.sleep(0)
        events.append("body-end")

    async def main() -> None:
        events.append("before")
        pending = body()
        events.append("after")
        await pending
        events.append("awaited")

    asyncio.run(main())
    order = list(events)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        body()  # type: ignore[unused-coroutine]  # what is studied
        gc.collect()
    facts: dict[str, Fact] = {
        "order": order,
        "dropped-body-runs": len(events) > len(order),
        "dropped-warning": [warning.category.__name__ for warning in caught],
    }
    if sys.version_info >= (3, 12):
        facts["eager-order"], _ = start_order(eager_factory=True)
    return Observation(facts)


# probe: suspend-returns-to
@probe("suspend-returns-to")
def suspend_returns_to() -> Observation:
    """Follow a chain of three calls to the first suspension, and back once the gate is open."""

    def order(start: Callable[[Awaitable[None]], Awaitable[None]]) -> list[str]:
        events: list[str] = []

        async def inner(gate: asyncio.Future[None]) -> None:
            events.append("inner1")
            asyncio.get_running_loop().call_soon(open_gate, gate)
            await gate
            events.append("inner2")

        def open_gate(gate: asyncio.Future[None]) -> None:
            events.append("loop")
            gate.set_result(None)

        async def outer(gate: asyncio.Future[None]) -> None:
            events.append("outer1")
            pending = inner(gate)
            events.append("outer2")
            await pending
            events.append("outer3")

        async def main() -> None:
            events.append("main1")
            pending = start(outer(asyncio.get_running_loop().create_future()))
            events.append("main2")
            await pending
            events.append("main3")

        asyncio.run(main())
        return events

    return Observation(
        {"order": order(lambda coroutine: coroutine), "order-as-task": order(asyncio.ensure_future)}
    )


# probe: await-completed-inline
@probe("await-completed-inline")
def await_completed_inline() -> Observation:
    """Queue a marker on the loop, then see which awaits let it in."""
    events: list[str] = []

    async def noop() -> None:
        pass

    async def main() -> None:
        loop = asyncio.get_running_loop()
        done: asyncio.Future[None] = loop.create_future()
        done.set_result(None)
        loop.call_soon(events.append, "LOOP-TICK")
        events.append("before")
        await done
        events.append("after-done-future")
        await noop()
        events.append("after-noop-coroutine")
        await asyncio.gather()
        events.append("after-empty-gather")
        await asyncio.sleep(0)
        events.append("after-sleep0")

    asyncio.run(main())
    return Observation({"order": events, "completed-await-suspends": events.index("LOOP-TICK") < 2})


# probe: resume-order
@probe("resume-order")
def resume_order() -> Observation:
    """Let eight waiters wait for one gate, whose setter logs after it has opened it."""
    events: list[str] = []

    async def wait(number: int, gate: asyncio.Future[None]) -> None:
        await gate
        events.append(str(number))

    async def main() -> None:
        gate = asyncio.get_running_loop().create_future()
        waiters = [asyncio.create_task(wait(number, gate)) for number in range(8)]
        await asyncio.sleep(0)  # each now waits: tasks start in the order of their creation
        gate.set_result(None)
        events.append("set")
        await asyncio.gather(*waiters)

    asyncio.run(main())
    return Observation({"order": events, "inline-waiters": events.index("set")})


# probe: await-twice
class Await:
    """Bodies that are awaited twice, and a count of how often they ran."""

    def __init__(self) -> None:
        self.runs = 0

    async def sleep0(self) -> int:
        """Run with one bare turn of the loop in it."""
        self.runs += 1
        await asyncio.sleep(0)
        return self.runs

    async def on_gate(self) -> int:
        """Run with an await of a future that another opens."""
        self.runs += 1
        loop = asyncio.get_running_loop()
        gate = loop.create_future()
        loop.call_later(0.001, gate.set_result, None)
        await gate
        return self.runs


async def outcome(awaitable: Awaitable[object]) -> str:
    """Await, and say what came: the value, or the name of the exception's type."""
    try:
        return f"value {await awaitable}"
    except Exception as error:
        return type(error).__name__


@probe("await-twice")
def await_twice() -> Observation:
    """Await one call twice, in turn and from two tasks at once, and call twice."""

    async def in_turn() -> dict[str, list[str]]:
        coroutine, in_task = Await().sleep0(), asyncio.ensure_future(Await().sleep0())
        return {
            "coroutine-twice": [await outcome(coroutine), await outcome(coroutine)],
            "task-twice": [await outcome(in_task), await outcome(in_task)],
        }

    async def two_tasks(body: Callable[[Await], Coroutine[None, None, int]]) -> list[str]:
        shared = body(Await())
        tasks = [asyncio.create_task(shared) for _ in range(2)]
        return [await outcome(task) for task in tasks]

    async def gathered() -> list[int]:
        shared = Await().sleep0()
        return list(await asyncio.gather(shared, shared))

    async def two_calls() -> int:
        body = Await()
        await asyncio.gather(body.sleep0(), body.sleep0())
        return body.runs

    async def is_same() -> bool:
        task = asyncio.create_task(Await().sleep0())
        await task
        return asyncio.ensure_future(task) is task

    return Observation(
        {
            **asyncio.run(in_turn()),
            "two-tasks-sleep0": run_virtually(two_tasks(Await.sleep0)),
            "two-tasks-future": run_virtually(two_tasks(Await.on_gate)),
            "gather-twice": asyncio.run(gathered()),
            "two-calls-run": asyncio.run(two_calls()),
            "ensure-future-is-same": asyncio.run(is_same()),
        }
    )
