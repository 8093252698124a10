"""The transformation that `await` stands for: the same method compiled, and written by hand.

Both suspend once per call at a step that their driver completes; no event loop takes part.
"""

import types
from collections.abc import Coroutine, Generator
from typing import Any

from work.job import MASK, Job


@types.coroutine
def step() -> Generator[None, int, int]:
    """Suspend, and give what it is resumed with."""
    return (yield)


async def native() -> int:
    """Await one step, as Python compiles it."""
    return await step()


def delegating() -> Generator[None, int, int]:
    """The same as a generator: what `await` was before it had a word of its own."""
    return (yield from step())


class ByHand:
    """The same as a state machine: state 0 before the step, 1 at it."""

    __slots__ = ("state", "step")

    def __init__(self) -> None:
        self.state = 0

    def send(self, value: Any) -> None:
        """Go on to the next state; the step's StopIteration is the method's, with the result."""
        if self.state == 0:
            self.state = 1
            self.step = step()
        self.step.send(value)


def drive(method: Coroutine[Any, Any, int] | Generator[Any, Any, int] | ByHand, value: int) -> int:
    """Run to the step, complete it with a value, and return the result."""
    method.send(None)
    try:
        method.send(value)
    except StopIteration as end:
        result: int = end.value
        return result
    raise RuntimeError("the method suspended twice")


async def coroutine(job: Job, iteration: int) -> int:
    """`async def` and `await`."""
    checksum = 0
    for value in job.values(iteration):
        checksum = (31 * checksum + drive(native(), value)) & MASK
    return checksum


async def generators(job: Job, iteration: int) -> int:
    """A generator and `yield from`."""
    checksum = 0
    for value in job.values(iteration):
        checksum = (31 * checksum + drive(delegating(), value)) & MASK
    return checksum


async def by_hand(job: Job, iteration: int) -> int:
    """A class with a state."""
    checksum = 0
    for value in job.values(iteration):
        checksum = (31 * checksum + drive(ByHand(), value)) & MASK
    return checksum
