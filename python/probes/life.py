"""The life of a process and its loop: what starts it, what keeps it alive, what its end loses."""

import asyncio
import gc
import types
import warnings
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from probes.catalogue import Fact, Observation, probe
from probes.children import child, run_child
from probes.restored import restored

# Bounds the wait for a thread that does no more than ask a question.
LIMIT_S = 2.0


async def answer() -> str:
    """Suspend once and return."""
    await asyncio.sleep(0)
    return "value"


# probe: no-boilerplate
@child("minimal")
def minimal() -> None:
    """Be the shortest program that awaits and prints."""

    async def main() -> None:
        await answer()
        print("hello")

    asyncio.run(main())


async def fails() -> None:
    """Fail after a suspension."""
    await answer()
    raise LookupError("failed")


@child("uncaught")
def uncaught() -> None:
    """Fail in main."""

    asyncio.run(fails())


@probe("no-boilerplate")
def no_boilerplate() -> Observation:
    """Run a program of one line around its main function, and one that fails."""
    shortest, failing = run_child("minimal"), run_child("uncaught")
    return Observation(
        {
            "entry-point": "asyncio.run",
            "lines": shortest.lines,
            "outcome": shortest.outcome,
            "await-raises": outcome(lambda: asyncio.run(fails())),
            "uncaught": failing.outcome,
        },
        {"status": [shortest.status, failing.status]},
    )


# probe: loop-lifecycle
def outcome(act: Callable[[], object]) -> str:
    """Say what an act gives, a value or the type of what it raises, and its warnings."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            value = act()
            result = str(value)
        except (LookupError, RuntimeError) as error:
            result = type(error).__name__
    return " ".join([result, *(warning.category.__name__ for warning in caught)])


def get_event_loop() -> str:
    """Ask in the seeds' way; close a loop that was made for it."""
    loop = asyncio.get_event_loop()
    if not loop.is_running():
        loop.close()
    return "loop"


@probe("loop-lifecycle")
def loop_lifecycle() -> Observation:
    """Ask for the loop in four situations; nest, stop and close one."""
    # First of all, since a loop that was made or run changes the answer.
    in_fresh_main = outcome(get_event_loop)

    async def inside() -> dict[str, Fact]:
        loop, unused = asyncio.get_running_loop(), [answer(), answer()]
        facts: dict[str, Fact] = {
            "get-loop-in-coroutine": outcome(get_event_loop),
            "nested-run": outcome(lambda: asyncio.run(unused[0])),
            "nested-run-until-complete": outcome(lambda: loop.run_until_complete(unused[1])),
        }
        for coroutine in unused:
            coroutine.close()
        return facts

    program = run_child("seed-drives")
    return Observation(
        {
            "get-loop-in-fresh-main": in_fresh_main,
            **asyncio.run(inside()),
            "get-loop-after-run": outcome(get_event_loop),
            "get-loop-in-other-thread": in_thread(lambda: outcome(get_event_loop)),
            "seed-program": program.outcome,
            "seed-program-prints": program.lines[1:],  # the first is the coroutine, at an address
            "survey-main": run_child("survey-main").lines[-1],
            **stopped_and_closed(),
        }
    )


@child("seed-drives")
def seed_drives() -> None:
    """Run the first seed's program that drives a coroutine, its second of sleep left out."""
    main = restored("coroutine_object")
    main.__globals__["asyncio"] = types.SimpleNamespace(
        get_event_loop=asyncio.get_event_loop, sleep=lambda _: asyncio.sleep(0)
    )
    main()


@child("survey-main")
def survey_main() -> None:
    """Run main of the survey's ping program as printed, with no sites, and say how its loop did."""
    main = restored("ping")

    async def no_sites() -> dict[str, float]:
        return {}

    main.__globals__["parallel_http_ping_sites"] = no_sites
    print(outcome(lambda: main() or "ran"))


def in_thread(ask: Callable[[], str]) -> str:
    """Ask in a thread of its own."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(ask).result(LIMIT_S)


def stopped_and_closed() -> dict[str, Fact]:
    """Stop a loop too early, run it again, close it and try once more."""
    loop = asyncio.new_event_loop()

    async def never() -> None:
        await loop.create_future()

    loop.call_soon(loop.stop)
    waiting = loop.create_task(never())
    early = outcome(lambda: loop.run_until_complete(waiting))
    waiting.cancel()
    again = outcome(lambda: loop.run_until_complete(answer()))
    loop.close()
    unused = answer()
    closed = outcome(lambda: loop.run_until_complete(unused))
    unused.close()
    return {"stopped-early": early, "stopped-runs-again": again, "closed-runs-again": closed}


# probe: exit-with-pending
@child("pending")
def pending() -> None:
    """Await what never comes."""

    async def main() -> None:
        print("waits", flush=True)
        try:
            await asyncio.get_running_loop().create_future()
        finally:
            print("finally", flush=True)

    asyncio.run(main())


@probe("exit-with-pending")
def exit_with_pending() -> Observation:
    """Run a program whose main function awaits something that never settles."""
    ended = run_child("pending")
    return Observation(
        {
            "outcome": ended.outcome,
            "lines": ended.lines,
            "finally-runs": "finally" in ended.lines,
            "silent": not ended.stderr,
        }
    )


# probe: orphan-at-exit
async def background(events: Callable[[str], object]) -> None:
    """Wait for ever, and tell how it ends."""
    try:
        await asyncio.get_running_loop().create_future()
    except asyncio.CancelledError:
        events("cancelled")
        raise
    finally:
        events("finally")


@child("orphan")
def orphan() -> None:
    """Leave a job behind as asyncio.run ends."""

    async def main() -> None:
        job = asyncio.create_task(background(print))
        await asyncio.sleep(0)
        print("main-end", "pending" if not job.done() else "done")

    asyncio.run(main())
    print("run-returned")


@child("orphan-by-hand")
def orphan_by_hand() -> None:
    """Leave a job behind in a loop that is driven and closed by hand."""
    loop = asyncio.new_event_loop()
    job = loop.create_task(background(print))
    loop.run_until_complete(asyncio.sleep(0))
    loop.close()
    print("loop-closed", "pending" if not job.done() else "done")


@child("orphan-forgotten")
def orphan_forgotten() -> None:
    """Keep no reference to a job, nor to what it awaits."""

    async def main() -> None:
        asyncio.create_task(background(print))
        await asyncio.sleep(0)
        gc.collect()
        print("main-end")

    asyncio.run(main())


@probe("orphan-at-exit")
def orphan_at_exit() -> Observation:
    """Finish while a background job is pending: after asyncio.run, by hand, and unreferenced."""
    ended, by_hand, forgotten = map(run_child, ("orphan", "orphan-by-hand", "orphan-forgotten"))
    destroyed = "Task was destroyed but it is pending!"
    return Observation(
        {
            "outcome": ended.outcome,
            "lines": ended.lines,
            "finally-runs": "finally" in ended.lines,
            "warns": destroyed in ended.stderr,
            "by-hand-outcome": by_hand.outcome,
            "by-hand-lines": by_hand.lines,
            "by-hand-warns": destroyed in by_hand.stderr,
            "forgotten-outcome": forgotten.outcome,
            "forgotten-is-collected": forgotten.lines == ["finally", "main-end"],
            "forgotten-finally-runs": "finally" in forgotten.lines,
            "forgotten-warns": destroyed in forgotten.stderr,
        }
    )
