"""An event loop on which no time passes: its clock jumps to the next timer if nothing is ready."""

import asyncio
import selectors
from collections.abc import Coroutine
from typing import TypeVar

T = TypeVar("T")


class Deadlock(RuntimeError):
    """Nothing is ready, no timer is set, and yet the loop has to go on."""


class JumpingSelector(selectors.SelectSelector):
    """Instead of waiting for `timeout` seconds it adds them to its clock."""

    now = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        """Move the clock, and look at the descriptors without waiting."""
        if timeout is None:
            raise Deadlock
        self.now += timeout
        return super().select(0)


class VirtualTimeLoop(asyncio.SelectorEventLoop):
    """The ordinary loop on a clock that jumps."""

    def __init__(self) -> None:
        self.clock = JumpingSelector()
        super().__init__(self.clock)

    def time(self) -> float:
        """Return the virtual seconds since the loop's beginning."""
        return self.clock.now


def run_virtually(main: Coroutine[object, object, T]) -> T:
    """Run `main` as asyncio.run does, in no time."""
    with asyncio.Runner(loop_factory=VirtualTimeLoop) as runner:
        return runner.run(main)
