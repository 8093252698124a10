"""Notices when everything stood still: the machine slept, or this process was stopped with others.

What a program measured meanwhile is no fault of its own, and nobody else would say so: a sleep does
not count in the monotonic clock, and a stopped process looks like a slow one.
"""

import threading
import time
from dataclasses import dataclass

TICK_NS = 1_000_000_000
# Later than this is more than a busy machine's scheduler, or a long computation of our own, does.
SLACK_NS = 3_000_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """One moment on two clocks (ns): `running` stops while the machine sleeps, `all` does not."""

    running: int
    all: int

    @classmethod
    def now(cls) -> "Moment":
        """Read both clocks."""
        return cls(running=time.monotonic_ns(), all=time.clock_gettime_ns(time.CLOCK_BOOTTIME))


def stood_still_ns(before: Moment, after: Moment) -> int:
    """Return how long nothing ran between two moments that should be a tick apart, or less.

    0 where it was not long enough to tell it from a busy machine.
    """
    passed = after.running - before.running
    asleep = after.all - before.all - passed
    lost = max(0, asleep) + max(0, passed - TICK_NS)
    return lost if lost > SLACK_NS else 0


class Pulse:
    """Reads the clocks every tick, in a thread, and adds up when nothing ran.

    Use as a context manager. The thread wakes once a second, for some microseconds.
    """

    def __init__(self) -> None:
        self._ended = threading.Event()
        self._lock = threading.Lock()
        self._last = Moment.now()
        self._lost_ns = 0
        self._thread = threading.Thread(target=self._beat, name="pulse", daemon=True)

    def __enter__(self) -> "Pulse":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def lost_ns(self) -> int:
        """Return for how long nothing ran since this was asked last."""
        with self._lock:
            self._read()
            lost, self._lost_ns = self._lost_ns, 0
        return lost

    def _beat(self) -> None:
        while not self._ended.wait(TICK_NS / 1e9):
            with self._lock:
                self._read()

    def _read(self) -> None:
        now = Moment.now()
        self._lost_ns += stood_still_ns(self._last, now)
        self._last = now
