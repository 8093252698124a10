"""Between what an invocation's two sides recorded and what a run stores of it."""

from collections.abc import Sequence
from operator import itemgetter

import numpy as np

from benchmarks.ping.origin.plan import ConnectionMode, Record
from benchmarks.ping.record import PingRecord
from benchmarks.ping.task import PingTask, SiteSpec
from results.conform import Misfit
from results.packing import Integers
from results.pings import StoredPings
from runners.observation import Observation, in_order
from runners.protocol import MalformedLine, Object, times_of


def stored_pings(
    chains: Sequence[int], visits: Sequence[int], records: Sequence[PingRecord], origin: Record
) -> StoredPings:
    """Return both sides of an invocation.

    `chains` has the number of pings of each chain, `visits` the site of each ping (none in live
    mode); `records` are in order, and there are none where the program's were malformed.
    """
    columns = [np.zeros((5, 0), dtype=np.int64), *(record.columns for record in records)]
    start, connect, head, end, status = np.concatenate(columns, axis=1)
    return StoredPings(
        chains=_array(chains),
        visits=_array(visits),
        start=start,
        connect=connect,
        head=head,
        end=end,
        status=status,
        connection_site=_array(origin.connection_site),
        accepted=_array(origin.accepted_ns),
        connection=_array(origin.connection),
        seen=_array(origin.seen_ns),
        sent=_array(origin.sent_ns),
        request_head=_array(origin.head),
        answered=_array(origin.status),
        coalesced=_array(origin.coalesced),
        heads=tuple(origin.heads),
        incomplete_connection=_array([connection for connection, _ in origin.incomplete]),
        incomplete=tuple(text for _, text in origin.incomplete),
    )


def well_formed(seen: Observation[PingRecord]) -> list[PingRecord]:
    """Return the program's records in order; none where any was malformed."""
    return in_order(seen.records) if seen.well_formed else []


def records_of(pings: StoredPings, iterations: Sequence[Object]) -> list[PingRecord]:
    """Return what the program recorded, in order; `iterations` as the line has them.

    Raises Misfit where the two do not belong together.
    """
    try:
        times = [times_of(each, "iteration", "start_ns", "end_ns") for each in iterations]
    except (KeyError, MalformedLine) as error:
        raise Misfit(f"its iterations are malformed ({error})") from error
    ordered = sorted(times, key=itemgetter(0))
    each = int(pings.chains.sum())
    if pings.start.size != each * len(ordered):
        raise Misfit(f"it has {pings.start.size} pings in {len(ordered)} iterations")
    columns = np.stack([pings.start, pings.connect, pings.head, pings.end, pings.status])
    return [
        PingRecord(
            iteration=iteration,
            start_ns=start_ns,
            end_ns=end_ns,
            chains=tuple(pings.chains.tolist()),
            columns=columns[:, place * each : (place + 1) * each],
        )
        for place, (iteration, start_ns, end_ns) in enumerate(ordered)
    ]


def task_of(pings: StoredPings, iterations: int, connection: ConnectionMode) -> PingTask:
    """Return the task that a run gave: every site answers."""
    ends = np.cumsum(pings.chains)[:-1]
    return PingTask(
        sites=(SiteSpec(),) * (int(pings.visits.max(initial=-1)) + 1),
        chains=tuple(tuple(chain.tolist()) for chain in np.split(pings.visits, ends)),
        iterations=iterations,
        connection=connection,
    )


def _array(values: Sequence[int]) -> Integers:
    return np.array(values, dtype=np.int64)
