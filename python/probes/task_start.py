"""How a task starts, and what each way of starting one costs in turns of the loop."""

import asyncio
import sys
from collections.abc import Awaitable, Callable

from probes.catalogue import Fact, Observation, probe


# probe: create-task-start
async def loop_turns(run: Callable[[], Awaitable[object]]) -> int:
    """Count the turns of the loop that pass while `run` is awaited."""
    loop = asyncio.get_running_loop()
    turns = 0
    counting = True

    def turn() -> None:
        nonlocal turns
        if counting:
            turns += 1
            loop.call_soon(turn)

    loop.call_soon(turn)
    await run()
    counting = False
    return turns


@probe("create-task-start")
def create_task_start() -> Observation:
    """See when a task starts, and what each way of starting one costs in turns of the loop."""

    async def noop() -> None:
        pass

    async def in_task_group() -> None:
        async with asyncio.TaskGroup() as group:
            group.create_task(noop())

    async def turns() -> dict[str, int]:
        return {
            "turns-direct": await loop_turns(noop),
            "turns-sleep0": await loop_turns(lambda: asyncio.sleep(0)),
            "turns-create-task": await loop_turns(lambda: asyncio.create_task(noop())),
            "turns-gather-two": await loop_turns(lambda: asyncio.gather(noop(), noop())),
            "turns-task-group": await loop_turns(in_task_group),
            "turns-wait-for": await loop_turns(lambda: asyncio.wait_for(noop(), 60)),
        }

    return Observation({**start_facts(), **asyncio.run(turns())})


def start_facts() -> dict[str, Fact]:
    """Start tasks in the ways that this version has."""
    facts: dict[str, Fact] = {"has-eager-start": sys.version_info >= (3, 12)}
    facts["order"], facts["noop-done-on-return"] = start_order()
    if sys.version_info >= (3, 12):
        facts["eager-order"], facts["eager-noop-done-on-return"] = start_order(eager_factory=True)
    if sys.version_info >= (3, 14):
        facts["eager-argument-order"], _ = start_order(eager_start=True)
    return facts


def start_order(eager_factory: bool = False, **options: bool) -> tuple[list[str], bool]:
    """Log what happens around create_task; see whether a body without await is done at once."""
    events: list[str] = []

    async def body() -> None:
        events.append("body-start")
        await asyncio.sleep(0)
        events.append("body-end")

    async def noop() -> None:
        pass

    async def main() -> bool:
        loop = asyncio.get_running_loop()
        # Without its types, of which not every version has those of the options.
        create_task: Callable[..., asyncio.Task[None]] = loop.create_task
        if sys.version_info >= (3, 12) and eager_factory:
            loop.set_task_factory(asyncio.eager_task_factory)
        events.append("before")
        task = create_task(body(), **options)
        events.append("after")
        await task
        events.append("awaited")
        task = create_task(noop(), **options)
        done_at_once = task.done()
        await task
        return done_at_once

    done_at_once = asyncio.run(main())
    return events, done_at_once
