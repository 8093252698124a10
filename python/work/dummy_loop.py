"""The survey's dummy event loop on generators, without its printing.

Two tasks; a turn of the loop resumes each with what its future gives, so it delivers two values.
"""

from collections.abc import Generator
from itertools import count

from work.job import MASK, Job


class DummyFuture:
    """A future that answers at once, with the next value."""

    def __init__(self, values: "count[int]") -> None:
        self.values = values

    def wait(self) -> int:
        """Return the next value."""
        return next(self.values)


class Sum:
    """The checksum so far."""

    __slots__ = ("value",)

    def __init__(self) -> None:
        self.value = 0

    def add(self, value: int) -> None:
        """Fold one value."""
        self.value = (31 * self.value + value) & MASK


Task = Generator[DummyFuture, int, None]


def outer(values: "count[int]", total: Sum) -> Task:
    """Delegate to inner tasks, one after another."""
    while True:
        yield from inner(values, total)


def inner(values: "count[int]", total: Sum) -> Task:
    """Wait for two futures."""
    total.add((yield DummyFuture(values)))
    total.add((yield DummyFuture(values)))


async def generators(job: Job, iteration: int) -> int:
    """Generators, `yield from` and `send`."""
    values, total = count(job.values(iteration).start), Sum()
    tasks = [outer(values, total), outer(values, total)]
    futures = [next(task) for task in tasks]
    for _ in range(job.size):
        for index, task in enumerate(tasks):
            futures[index] = task.send(futures[index].wait())
    return total.value
