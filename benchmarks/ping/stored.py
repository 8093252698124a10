"""Between what an invocation's two sides recorded and what a run stores of it."""

from collections.abc import Sequence
from operator import itemgetter

import numpy as np

from benchmarks.ping.measure import Measured
from benchmarks.ping.origin.plan import ConnectionMode, Record
from benchmarks.ping.record import PingRecord
from benchmarks.ping.task import PingTask, SiteSpec
from results.conform import Misfit
from results.packing import Integers
from results.pings import StoredPings
from runners.observation import Observation, in_order
from runners.protocol import MalformedLine, Object, times_of

_NO_RECORD = Record(
    connection_site=[],
    accepted_ns=[],
    connection=[],
    seen_ns=[],
    sent_ns=[],
    head=[],
    status=[],
    coalesced=[],
    heads=[],
    incomplete=[],
    unrecorded=0,
)


def stored_pings(measured: Measured) -> StoredPings:
    """Return both sides of an invocation; nothing of the program's where records are malformed."""
    task = measured.task
    return _stored(task.chain_lengths, task.visits, measured.observation, measured.record)


def stored_live(sites: Sequence[Sequence[str]], seen: Observation[PingRecord]) -> StoredPings:
    """Return the pings of a live invocation, which no origin saw."""
    return _stored([len(chain) for chain in sites], [], seen, _NO_RECORD)


def record_of(pings: StoredPings, unrecorded: int) -> Record:
    """Return what the origin recorded, as it was stored."""
    incomplete = zip(pings.incomplete_connection.tolist(), pings.incomplete, strict=True)
    return Record(
        connection_site=pings.connection_site.tolist(),
        accepted_ns=pings.accepted.tolist(),
        connection=pings.connection.tolist(),
        seen_ns=pings.seen.tolist(),
        sent_ns=pings.sent.tolist(),
        head=pings.request_head.tolist(),
        status=pings.answered.tolist(),
        coalesced=pings.coalesced.astype(bool).tolist(),
        heads=list(pings.heads),
        incomplete=list(incomplete),
        unrecorded=unrecorded,
    )


def records_of(pings: StoredPings, iterations: Sequence[Object]) -> list[PingRecord]:
    """Return what the program recorded, in order; `iterations` as the line has them.

    Raises Misfit where the two do not belong together.
    """
    try:
        times = [times_of(each, "iteration", "start_ns", "end_ns") for each in iterations]
    except (KeyError, MalformedLine) as error:
        raise Misfit(f"its iterations are none ({error})") from error
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


def _stored(
    chains: Sequence[int], visits: Sequence[int], seen: Observation[PingRecord], record: Record
) -> StoredPings:
    records = in_order(seen.records) if seen.well_formed else []
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
        connection_site=_array(record.connection_site),
        accepted=_array(record.accepted_ns),
        connection=_array(record.connection),
        seen=_array(record.seen_ns),
        sent=_array(record.sent_ns),
        request_head=_array(record.head),
        answered=_array(record.status),
        coalesced=_array(record.coalesced),
        heads=tuple(record.heads),
        incomplete_connection=_array([connection for connection, _ in record.incomplete]),
        incomplete=tuple(text for _, text in record.incomplete),
    )


def _array(values: Sequence[int]) -> Integers:
    return np.array(values, dtype=np.int64)
