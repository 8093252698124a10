"""What a coroutine is made of, and what can be awaited."""

import asyncio
import contextlib
import dis
import hashlib
import inspect
import io
import types
from collections.abc import Awaitable, Callable, Coroutine, Generator

from probes import dummy_loop
from probes.catalogue import Fact, Observation, probe
from probes.restored import restored


async def body() -> None:
    """Suspend once."""
    await asyncio.sleep(0)


# probe: state-machine-artifact
@probe("state-machine-artifact")
def state_machine_artifact() -> Observation:
    """Look at a coroutine that has not started, and at the code that the compiler made of it."""
    coroutine = body()
    opcodes = {instruction.opname for instruction in dis.get_instructions(body)}
    seen = Observation(
        {
            "is-coroutine-code": bool(body.__code__.co_flags & inspect.CO_COROUTINE),
            "state": inspect.getcoroutinestate(coroutine),
            "repr-prefix": repr(coroutine).partition(" at ")[0],
            "opcodes": sorted(opcodes & {"GET_AWAITABLE", "SEND", "YIELD_VALUE", "YIELD_FROM"}),
        },
        {"opcodes": sorted(opcodes)},
    )
    coroutine.close()
    return seen


# probe: handwritten-state-machine
@probe("handwritten-state-machine")
def handwritten_state_machine() -> Observation:
    """Run the seed's method, compiled and by hand, over five kinds of awaitables."""
    facts: dict[str, Fact] = {}
    for kind in KINDS:
        facts[f"compiled-{kind}"] = asyncio.run(course(compiled, kind))
        facts[f"by-hand-{kind}"] = asyncio.run(course(by_hand, kind))
    equal = [kind for kind in KINDS if facts[f"compiled-{kind}"] == facts[f"by-hand-{kind}"]]
    return Observation({**facts, "equal-on": equal})


KINDS = ("pending", "completed", "faulted", "pending-then-faulted", "cancelled")
Method = Callable[[list[str], asyncio.Future[None]], Awaitable[None]]


async def compiled(events: list[str], delay: asyncio.Future[None]) -> None:
    """Be the seed's do_work, its sleep replaced by what is handed in."""
    events.append("Working...")
    await delay
    events.append("Done!")


def by_hand(events: list[str], delay: asyncio.Future[None]) -> asyncio.Future[None]:
    """Do the same as a generator with a driver."""

    def steps() -> Generator[asyncio.Future[None], None, None]:
        events.append("Working...")
        yield delay
        events.append("Done!")

    result: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    drive(steps(), result)
    return result


def drive(
    steps: Generator[asyncio.Future[None], None, None],
    result: asyncio.Future[None],
    over: asyncio.Future[None] | None = None,
) -> None:
    """Resume the steps after each future that they yield, with its exception if it has one."""
    raised = None if over is None else fault(over)
    try:
        future = steps.send(None) if raised is None else steps.throw(raised)
    except StopIteration:
        result.set_result(None)
    except asyncio.CancelledError:
        result.cancel()
    except Exception as error:
        result.set_exception(error)
    else:
        if future.done():
            drive(steps, result, future)
        else:
            future.add_done_callback(lambda future: drive(steps, result, future))


def fault(over: asyncio.Future[None]) -> BaseException | None:
    """Return what a future that is over raises."""
    return asyncio.CancelledError() if over.cancelled() else over.exception()


async def course(method: Method, kind: str) -> list[str]:
    """Run a method over one kind of awaitable; return its log and how it ended."""
    events: list[str] = []
    delay = asyncio.get_running_loop().create_future()
    if not kind.startswith("pending"):
        settle(delay, kind)
    running = asyncio.ensure_future(method(events, delay))
    await asyncio.sleep(0)
    if kind.startswith("pending"):
        settle(delay, kind)
    try:
        await running
        events.append("returned")
    except (asyncio.CancelledError, LookupError) as error:
        events.append(f"raised: {type(error).__name__}")
    return events


def settle(delay: asyncio.Future[None], kind: str) -> None:
    """End the awaitable in its kind's way."""
    if kind.endswith("faulted"):
        delay.set_exception(LookupError())
    elif kind == "cancelled":
        delay.cancel()
    else:
        delay.set_result(None)


def thrown_name(act: Callable[[], object]) -> str:
    """Return the name of the exception's type that an act raises, or `none`."""
    try:
        act()
    except Exception as error:
        return type(error).__name__
    return "none"


# probe: coroutine-vs-generator
@types.coroutine
def yielding(value: str) -> Generator[str, str, str]:
    """Be a generator that may be awaited."""
    return (yield value)


@probe("coroutine-vs-generator")
def coroutine_vs_generator() -> Observation:
    """See which of a generator's abilities a coroutine has, and whether either can be the other."""

    def generator() -> Generator[None, None, None]:
        yield

    async def awaits_generator() -> None:
        await generator()  # type: ignore[misc]  # what is studied

    def yields_from_coroutine() -> Generator[None, None, None]:
        yield from coroutine  # type: ignore[misc]  # what is studied

    async def awaits_marked_generator() -> str:
        return await yielding("out of send")

    coroutine = body()
    marked = awaits_marked_generator()
    abilities = ("send", "throw", "__await__", "__iter__", "__next__")
    seen = Observation(
        {
            "yield-from-inside": thrown_name(
                lambda: compile("async def f():\n yield from g()", "probe", "exec")
            ),
            "abilities": [name for name in abilities if hasattr(coroutine, name)],
            "is-generator": isinstance(coroutine, types.GeneratorType),
            "await-generator": thrown_name(lambda: awaits_generator().send(None)),
            "yield-from-coroutine": thrown_name(lambda: next(yields_from_coroutine())),
            "marked-generator-yields": str(marked.send(None)),
            "has-asyncio-coroutine": hasattr(asyncio, "coroutine"),
        }
    )
    coroutine.close()
    marked.close()
    return seen


# probe: manual-drive
@probe("manual-drive")
def manual_drive() -> Observation:
    """Drive coroutines by send, without a loop."""

    async def waiting() -> str:
        return "got " + await yielding("yielded")

    async def on_future() -> None:
        await future

    def step(coroutine: Coroutine[object, str | None, object], value: str | None) -> str:
        try:
            return f"yields {coroutine.send(value)}"
        except StopIteration as end:
            return f"StopIteration {end.value}"
        except (RuntimeError, TypeError) as error:
            return type(error).__name__

    coroutine: Coroutine[object, str | None, str] = waiting()
    steps = [step(coroutine, value) for value in ("too early", None, "x", None)]
    loop = asyncio.new_event_loop()
    future: asyncio.Future[None] = loop.create_future()
    driven = on_future()
    yielded = driven.send(None)
    seen = Observation(
        {
            "sends": steps,
            "yields-the-future": yielded is future,
            "future-is-marked": future._asyncio_future_blocking,
            "sleep-without-loop": step(asyncio.sleep(0.01), None),
            "sleep0-without-loop": step(asyncio.sleep(0), None),
        }
    )
    driven.close()
    loop.close()
    return seen


# probe: awaitable-kinds
class Ready:
    """An object that is awaited by its own method."""

    def __await__(self) -> Generator[None, None, str]:
        yield
        return "awaited"


@probe("awaitable-kinds")
def awaitable_kinds() -> Observation:
    """Tell tasks, futures and other awaitables apart."""

    async def task_facts() -> dict[str, Fact]:
        loop = asyncio.get_running_loop()
        task = asyncio.create_task(body())
        future = loop.create_future()
        future.set_result("set")
        facts: dict[str, Fact] = {
            "task-set-result": thrown_name(lambda: task.set_result(None)),
            "create-task-of-future": thrown_name(
                lambda: asyncio.create_task(future)  # type: ignore[arg-type]  # what is studied
            ),
            "set-result-again": thrown_name(lambda: future.set_result("again")),
            "future-gives": await future,
            "custom-gives": await Ready(),
        }
        await task
        return facts

    return Observation(
        {
            "task-is-future": issubclass(asyncio.Task, asyncio.Future),
            "custom-is-awaitable": inspect.isawaitable(Ready()),
            "custom-is-future": asyncio.isfuture(Ready()),
            **asyncio.run(task_facts()),
        }
    )


# probe: dummy-loop-transcript
@probe("dummy-loop-transcript")
def dummy_loop_transcript() -> Observation:
    """Run the survey's loop on generators, and the same tasks as coroutines."""
    mains: list[Callable[[], object]] = [restored("dummy_loop"), dummy_loop.main]
    outputs = []
    for main in mains:
        with contextlib.redirect_stdout(io.StringIO()) as output:
            main()
        outputs.append(output.getvalue())
    return Observation(
        {
            "lines": outputs[0].splitlines(),
            "sha256": hashlib.sha256(outputs[0].encode()).hexdigest(),
            "same-as-coroutines": outputs[0] == outputs[1],
        }
    )
