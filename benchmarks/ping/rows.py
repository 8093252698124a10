"""The pings of one invocation as its program reports them, laid out as arrays."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from results.packing import Integers


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PingRows:
    """Pings in the order iteration, chain, ping.

    `chains` has the number of pings of each chain. Of each iteration: its number, and its start
    and end on the monotonic clock, ns. Of each ping: times in ns since its iteration's start,
    NOTHING where there is none, and its status (HTTP's, or the code of a failure).
    """

    chains: tuple[int, ...]
    iteration: Integers
    start_ns: Integers
    end_ns: Integers
    start: Integers
    connect: Integers
    head: Integers
    end: Integers
    status: Integers

    @property
    def began_ns(self) -> Integers:
        """The start of each ping's iteration on the monotonic clock."""
        return np.repeat(self.start_ns, sum(self.chains))

    def where(self, index: int) -> str:
        """Say which ping the one at `index` is."""
        row, place = divmod(index, sum(self.chains))
        chain, ping = places(self.chains)[place]
        return f"iteration {self.iteration[row]}, chain {chain}, ping {ping}"


def places(chains: Sequence[int]) -> list[tuple[int, int]]:
    """Return chain and ping of each ping of an iteration."""
    return [(chain, ping) for chain, length in enumerate(chains) for ping in range(length)]
