"""The survey's dummy event loop with `async def` in place of generators."""

from collections.abc import Coroutine, Generator
from typing import Any, ClassVar


def main() -> None:
    """Run two tasks on the loop."""
    run([outer_async(1), another_outer_async(2)])


def run(tasks: list[Coroutine["DummyIOFuture", str | None, None]]) -> None:
    """Send each task in turn what its future waited for, until all are done."""
    futures = dict(enumerate(task.send(None) for task in tasks))
    while futures:
        print("----- event loop iteration ------")
        for index, future in list(futures.items()):
            result = future.wait()
            try:
                futures[index] = tasks[index].send(result)
            except StopIteration:
                del futures[index]


async def outer_async(wid: int) -> None:
    """Await the inner function once."""
    print("start outer_async", wid)
    res = await inner_async(wid)
    print("end outer_async %r : %s" % (wid, res))


async def another_outer_async(wid: int) -> None:
    """Await the inner function twice."""
    print("start another outer_async", wid)
    res = await inner_async(wid)
    print("middle another outer_async %r : %r" % (wid, res))
    res += await inner_async(wid)
    print("end another outer_async %r : %r" % (wid, res))


async def inner_async(wid: int) -> list[str]:
    """Await two futures."""
    print("start inner", wid)
    res1 = await DummyIOFuture()
    print("middle inner %r: %s" % (wid, res1))
    res2 = await DummyIOFuture()
    print("end inner %r: %s" % (wid, res2))
    return [res1, res2]


class DummyIOFuture:
    """Answers at once."""

    _count: ClassVar[int] = 0

    def wait(self) -> str:
        """Return the next value."""
        DummyIOFuture._count += 1
        return "some io %d" % DummyIOFuture._count

    def __await__(self) -> Generator["DummyIOFuture", Any, str]:
        answer: str = yield self
        return answer
