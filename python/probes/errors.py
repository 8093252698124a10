"""Where an exception goes: to the awaiter, to a handler of last resort, or nowhere."""

import asyncio
import contextlib
import traceback
from collections.abc import Awaitable

from probes.catalogue import Fact, Observation, probe
from probes.children import child, run_child
from probes.virtual_time import run_virtually


async def fails() -> None:
    """Fail before the first suspension."""
    raise LookupError("failed")


async def caught(awaitable: Awaitable[object]) -> BaseException | None:
    """Await, and return what was raised."""
    try:
        await awaitable
    except LookupError as error:
        return error
    return None


def type_name(error: BaseException | None) -> str:
    """Return the name of an exception's type, or `none`."""
    return "none" if error is None else type(error).__name__


# probe: exception-path
@probe("exception-path")
def exception_path() -> Observation:
    """Call functions that fail at once, and see whether the call or the await raises."""

    def fails_before_returning() -> Awaitable[None]:
        raise LookupError("failed")

    async def course() -> dict[str, Fact]:
        pending = fails()
        task = asyncio.create_task(fails())
        first, second = await caught(task), await caught(task)
        plain = "call"
        with contextlib.suppress(LookupError):
            returned = fails_before_returning()
            plain = "none" if await caught(returned) is None else "await"
        return {
            "async-raises-at": "none" if await caught(pending) is None else "await",
            "awaited-type": type_name(first),
            "twice-is-same": first is second,
            "plain-raises-at": plain,
        }

    return Observation(asyncio.run(course()))


# probe: unobserved-failure
@child("unobserved")
def unobserved() -> None:
    """Fail in a task that nobody awaits, and go on."""

    async def main() -> None:
        task = asyncio.create_task(fails())
        await asyncio.sleep(0)
        del task
        print("goes on")

    asyncio.run(main())


@child("late-await")
def late_await() -> None:
    """Await something slow first, and the failing task only then."""

    async def main() -> None:
        task = asyncio.create_task(fails())
        await asyncio.sleep(1)
        print(f"caught {type_name(await caught(task))}")

    run_virtually(main())


@child("callback-fails")
def callback_fails() -> None:
    """Fail in a callback of the loop, outside any task."""

    def callback() -> None:
        raise LookupError("failed")

    async def main() -> None:
        asyncio.get_running_loop().call_soon(callback)
        await asyncio.sleep(1)
        print("goes on")

    run_virtually(main())


@probe("unobserved-failure")
def unobserved_failure() -> Observation:
    """Fail where nobody looks, in processes of their own."""
    dropped, late, callback = map(run_child, ("unobserved", "late-await", "callback-fails"))
    return Observation(
        {
            "dropped": dropped.outcome,
            "dropped-prints": dropped.lines,
            "dropped-is-logged": "Task exception was never retrieved" in dropped.stderr,
            "late-await": late.outcome,
            "late-await-prints": late.lines,
            "late-await-is-logged": bool(late.stderr),
            "callback": callback.outcome,
            "callback-prints": callback.lines,
            "callback-is-logged": "Exception in callback" in callback.stderr,
        },
        {"status": [dropped.status, late.status, callback.status]},
    )


# probe: throw-in-catch
@child("rethrow")
def rethrow() -> None:
    """Raise in the handler, with nobody above."""

    async def main() -> None:
        try:
            await fails()
        except LookupError as error:
            raise ValueError("from the handler") from error

    asyncio.run(main())


@probe("throw-in-catch")
def throw_in_catch() -> Observation:
    """Raise another exception while one is handled, with and without an awaiter above."""

    async def raises_again() -> None:
        try:
            await fails()
        except LookupError:
            raise ValueError("from the handler")

    async def course() -> ValueError | None:
        try:
            await asyncio.create_task(raises_again())
        except ValueError as error:
            return error
        return None

    error = asyncio.run(course())
    uncaught = run_child("rethrow")
    return Observation(
        {
            "awaiter-catches": type_name(error),
            "first-error-kept": type_name(error and error.__context__),
            "uncaught": uncaught.outcome,
            "uncaught-shows": [
                name for name in ("LookupError", "ValueError") if f"{name}: f" in uncaught.stderr
            ],
            "stack-names-async-callers": stack_names_async_callers(),
        },
        {"status": uncaught.status},
    )


def stack_names_async_callers() -> bool:
    """Fail after an await, two calls deep, and look for both callers in the traceback."""

    async def inner() -> None:
        await asyncio.sleep(0)
        await fails()

    async def middle() -> None:
        await inner()

    async def outer() -> None:
        await middle()

    error = asyncio.run(caught(outer()))
    assert error is not None
    names = {frame.name for frame in traceback.extract_tb(error.__traceback__)}
    return {"middle", "outer"} <= names
