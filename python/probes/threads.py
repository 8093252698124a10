"""Threads and the loop: what runs where, what a blocking call stops, and races."""

import asyncio
import multiprocessing
import os
import socket
import sys
import threading
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor

from probes.catalogue import Fact, Observation, probe

# A meeting that can happen takes no time; this only bounds the wait of one that cannot.
MEETING_S = 0.3
# The bound of everything that is expected to happen.
LIMIT_S = 2.0
TASKS = 1000


# probe: resume-thread
@probe("resume-thread")
def resume_thread() -> Observation:
    """Note the thread before and after five kinds of awaits."""

    async def course() -> list[int]:
        loop = asyncio.get_running_loop()
        threads = [threading.get_ident()]

        async def noted(awaitable: Awaitable[object]) -> None:
            await awaitable
            threads.append(threading.get_ident())

        foreign: asyncio.Future[None] = loop.create_future()
        opener = threading.Thread(target=loop.call_soon_threadsafe, args=(foreign.set_result, None))
        await noted(asyncio.sleep(0))
        await noted(asyncio.create_task(asyncio.sleep(0)))
        await noted(asyncio.to_thread(threading.get_ident))
        await noted(loop.run_in_executor(None, threading.get_ident))
        opener.start()
        await noted(foreign)
        opener.join(LIMIT_S)
        return threads

    threads = asyncio.run(course())
    return Observation(
        {
            "awaits": len(threads) - 1,
            "thread-count": len(set(threads)),
            "resumes-on-caller": set(threads) == {threading.get_ident()},
        }
    )


# probe: blocking-rendezvous
def meets(barrier: threading.Barrier) -> bool:
    """Block until another blocks here, too; say whether one came."""
    try:
        barrier.wait(MEETING_S)
    except threading.BrokenBarrierError:
        return False
    return True


async def ticks(counter: list[int]) -> None:
    """Count the turns of the loop."""
    while True:
        counter[0] += 1
        await asyncio.sleep(0)


@probe("blocking-rendezvous")
def blocking_rendezvous() -> Observation:
    """Let two bodies block until both are inside, on the loop and in threads."""

    async def on_loop() -> dict[str, Fact]:
        barrier, counter = threading.Barrier(2), [0]

        async def body() -> tuple[bool, int]:
            before = counter[0]
            return meets(barrier), counter[0] - before

        ticker = asyncio.create_task(ticks(counter))
        met, ticked = zip(*await asyncio.gather(body(), body()))
        ticker.cancel()
        return {"loop-met": all(met), "loop-ticks-while-blocked": sum(ticked)}

    async def in_threads() -> dict[str, Fact]:
        barrier, counter = threading.Barrier(2), [0]
        ticker = asyncio.create_task(ticks(counter))
        met = await asyncio.gather(*(asyncio.to_thread(meets, barrier) for _ in range(2)))
        ticker.cancel()
        return {"threads-met": all(met), "loop-ticks-otherwise": counter[0] > 0}

    async def in_one_worker() -> dict[str, Fact]:
        barrier, loop = threading.Barrier(2), asyncio.get_running_loop()
        with ThreadPoolExecutor(1) as pool:
            jobs = (loop.run_in_executor(pool, meets, barrier) for _ in range(2))
            return {"one-worker-met": all(await asyncio.gather(*jobs))}

    return Observation(
        {**asyncio.run(on_loop()), **asyncio.run(in_threads()), **asyncio.run(in_one_worker())}
    )


# probe: pool-exhaustion
@probe("pool-exhaustion")
def pool_exhaustion() -> Observation:
    """Park a job in each of two workers, then see what a third job and the loop can do."""

    async def course() -> dict[str, Fact]:
        loop = asyncio.get_running_loop()
        started, release = threading.Semaphore(0), threading.Event()
        ran: list[str] = []

        def park() -> bool:
            started.release()
            return release.wait(LIMIT_S)

        with ThreadPoolExecutor(2) as pool:
            parked = [loop.run_in_executor(pool, park) for _ in range(2)]
            all_parked = all(started.acquire(timeout=LIMIT_S) for _ in range(2))
            third = loop.run_in_executor(pool, ran.append, "third")
            facts: dict[str, Fact] = {
                "parked": all_parked,
                "timer-fires": await asyncio.sleep(0.01, True),
                "socket-receives": await receives(),
                "extra-job-waits": not ran,
            }
            release.set()
            *ended, _ = await asyncio.gather(*parked, third)
        return {**facts, "complete-after-release": all(ended) and bool(ran)}

    with ThreadPoolExecutor() as default:
        workers = default._max_workers
    return Observation(asyncio.run(course()), {"default-workers": workers, "cpus": os.cpu_count()})


async def receives() -> bool:
    """Let a socket receive a byte that is there already."""
    here, there = socket.socketpair()
    with here, there:
        here.setblocking(False)
        there.send(b"x")
        return await asyncio.get_running_loop().sock_recv(here, 1) == b"x"


# probe: parallel-spin-flag
def spin(seen: Callable[[], bool], seconds: float) -> bool:
    """Look for a flag without a pause; say whether it was seen in time."""
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        if seen():
            return True
    return False


@probe("parallel-spin-flag")
def parallel_spin_flag() -> Observation:
    """Let a worker spin until it sees the flag that another sets, with pre-emption switched off."""
    # Processes first: to fork beside threads is unsafe.
    facts: dict[str, Fact] = {"processes-saw-flag": processes_saw_flag()}
    usual_s = sys.getswitchinterval()
    sys.setswitchinterval(100)
    facts["threads-saw-flag"] = asyncio.run(thread_saw_flag())
    sys.setswitchinterval(usual_s)
    facts["threads-with-preemption-saw-flag"] = asyncio.run(thread_saw_flag())
    # Python 3.13 and later can be built without the lock, on which what threads see depends.
    has_gil: Callable[[], bool] = getattr(sys, "_is_gil_enabled", lambda: True)
    return Observation(facts, {"gil-enabled": has_gil()})


async def thread_saw_flag() -> bool:
    """Spin in one thread; another, which waits for the spinning to begin, sets the flag."""
    flag: list[bool] = []
    go = threading.Event()

    def setter() -> None:
        if go.wait(LIMIT_S):
            flag.append(True)

    def spinner() -> bool:
        go.set()
        return spin(lambda: bool(flag), 0.5)

    _, saw = await asyncio.gather(asyncio.to_thread(setter), asyncio.to_thread(spinner))
    return saw


def processes_saw_flag() -> bool:
    """Spin in one process until another sets the flag in memory that both share."""
    context = multiprocessing.get_context("fork")
    flag, saw = context.RawValue("b", 0), context.RawValue("b", 0)

    def setter() -> None:
        flag.value = 1

    def spinner() -> None:
        saw.value = spin(lambda: bool(flag.value), LIMIT_S)

    workers = [context.Process(target=target) for target in (spinner, setter)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(LIMIT_S * 2)
        worker.kill()  # which one that has ended does not mind
        worker.join()
    return bool(saw.value)


# probe: lost-update
class Counter:
    """A number that many tasks read, and write one more than they read."""

    def __init__(self) -> None:
        self.value = 0
        self.lock = asyncio.Lock()

    async def add(self, between: Callable[[], Awaitable[object]] | None) -> None:
        """Read, await what is to happen between, write."""
        read = self.value
        if between is not None:
            await between()
        self.value = read + 1

    async def add_locked(self, between: Callable[[], Awaitable[object]]) -> None:
        """Do the same, alone."""
        async with self.lock:
            await self.add(between)

    async def add_awaited(self, one: Callable[[], Awaitable[int]]) -> None:
        """Add in one statement with an await in it."""
        self.value += await one()


@probe("lost-update")
def lost_update() -> Observation:
    """Let a thousand tasks each add one, with something between reading and writing."""

    async def one_suspending() -> int:
        await asyncio.sleep(0)
        return 1

    async def one_at_once() -> int:
        return 1

    async def total(way: Callable[[Counter], Awaitable[None]]) -> int:
        counter = Counter()
        await asyncio.gather(*(way(counter) for _ in range(TASKS)))
        return counter.value

    ways: dict[str, Callable[[Counter], Awaitable[None]]] = {
        "nothing-between": lambda counter: counter.add(None),
        "yield-between": lambda counter: counter.add(one_suspending),
        "completed-between": lambda counter: counter.add(one_at_once),
        "add-await-suspending": lambda counter: counter.add_awaited(one_suspending),
        "locked": lambda counter: counter.add_locked(one_suspending),
    }
    return Observation({name: asyncio.run(total(way)) for name, way in ways.items()})


# probe: sync-over-async
@probe("sync-over-async")
def sync_over_async() -> Observation:
    """Ask for a task's result without awaiting it."""

    async def answer() -> str:
        await asyncio.sleep(0)
        return "value"

    def blocked_on(loop: asyncio.AbstractEventLoop, seconds: float) -> str:
        future = asyncio.run_coroutine_threadsafe(answer(), loop)
        return attempt(lambda: future.result(seconds))

    async def course() -> dict[str, Fact]:
        loop = asyncio.get_running_loop()
        task = asyncio.create_task(answer())
        coroutine = answer()
        facts: dict[str, Fact] = {
            "result-of-pending": attempt(task.result),
            "run-until-complete-inside": attempt(lambda: loop.run_until_complete(coroutine)),
            "loop-completes": blocked_on(loop, MEETING_S) == "value",
            "other-thread-gets": await asyncio.to_thread(blocked_on, loop, LIMIT_S),
            "awaited": await task,
        }
        coroutine.close()
        return facts

    return Observation(asyncio.run(course()))


def attempt(act: Callable[[], object]) -> str:
    """Return what an act returns, or the name of what it raises."""
    try:
        return str(act())
    except (asyncio.InvalidStateError, RuntimeError, TimeoutError) as error:
        return type(error).__name__
