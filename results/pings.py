"""Both sides of an invocation's pings, as they were seen: what the referee judges by."""

from dataclasses import dataclass

import numpy as np

from results.conform import Misfit
from results.failures import WORDS
from results.packing import Integers

NOTHING = -1  # stands for null in a column of times


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class StoredPings:
    """Arrays of whole numbers; times in ns, NOTHING where there is none.

    Of an iteration: `chains`, the number of pings of each chain, and `visits`, the site of each
    ping (none in live mode). Of each ping, in the order iteration, chain, ping, and of none where
    the program's records were malformed: `start` to `end` since its iteration's start, `status`.
    What the origin saw, in the order in which it saw it and on the monotonic clock, of each
    connection: `connection_site`, `accepted`; and of each request: `connection` to `coalesced`;
    `request_head` is an index into `heads`. `incomplete` are requests without an end.
    """

    chains: Integers
    visits: Integers
    start: Integers
    connect: Integers
    head: Integers
    end: Integers
    status: Integers
    connection_site: Integers
    accepted: Integers
    connection: Integers
    seen: Integers
    sent: Integers
    request_head: Integers
    answered: Integers
    coalesced: Integers
    heads: tuple[bytes, ...]
    incomplete_connection: Integers
    incomplete: tuple[bytes, ...]

    def joined(self) -> Integers | None:
        """Return the request of each ping; None where not each has one that was answered."""
        if not self.start.size or not self.visits.size or np.any(self.sent == NOTHING):
            return None
        return self.requests(self.start.size // self.visits.size)

    def requests(self, iterations: int) -> Integers | None:
        """Return the request of each ping of so many iterations.

        The k-th ping of a site is the k-th request that the site saw: a site belongs to one chain,
        and a chain pings one after another. None where the counts differ: nothing can be
        attributed then.
        """
        pinged = np.tile(self.visits, iterations)
        requested = self.connection_site[self.connection]
        if not np.array_equal(np.bincount(pinged), np.bincount(requested)):
            return None
        joined = np.empty(requested.size, dtype=np.int64)
        joined[np.argsort(pinged, kind="stable")] = np.argsort(requested, kind="stable")
        return joined

    def check_program(self) -> None:
        """Raise `Misfit` where a ping's times or status are impossible: a program may write anything."""
        if np.any(self.start < 0) or np.any(self.end < self.start):
            raise Misfit("a ping ends before it starts")
        if np.any(self.connect < NOTHING) or np.any(self.head < NOTHING):
            raise Misfit("a ping has times before its start")
        known = (self.status >= 100) & (self.status <= 599) | np.isin(self.status, [*WORDS])
        if not np.all(known):
            raise Misfit(f"{self.status[~known][0]} is no status of a ping")

    def check_origin(self) -> None:
        """Raise `Misfit` where an index or a time of the origin's is out of range."""
        sites = int(self.visits.max(initial=-1)) + 1
        _insist(self.connection_site, sites, "sites")
        _insist(self.connection, self.accepted.size, "connections")
        _insist(self.incomplete_connection, self.accepted.size, "connections")
        _insist(self.request_head, len(self.heads), "request heads")
        _insist(self.answered, 600, "statuses")
        _insist(self.coalesced, 2, "coalesced requests")
        opened = self.accepted[self.connection]
        late = (self.sent != NOTHING) & (self.sent < self.seen)
        if np.any(opened < 0) or np.any(self.seen < opened) or np.any(late):
            raise Misfit("its origin's times are out of order")


def _insist(numbers: Integers, bound: int, what: str) -> None:
    if np.any((numbers < 0) | (numbers >= bound)):
        raise Misfit(f"its origin names {what} that it does not have")
