"""Between what an invocation's two sides recorded and what a run stores of it."""

from collections.abc import Sequence

import numpy as np

from benchmarks.ping.measure import Measured
from benchmarks.ping.origin.plan import Record
from benchmarks.ping.record import PingRecord
from benchmarks.ping.rows import PingRows
from benchmarks.ping.task import PingTask
from results.packing import Integers
from results.pings import StoredPings
from runners.observation import Observation, in_order

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


def rows_of_stored(
    pings: StoredPings, iteration: Integers, start_ns: Integers, end_ns: Integers
) -> PingRows:
    """Return what the program recorded, as it was stored, with its iterations in order."""
    return PingRows(
        chains=tuple(pings.chains.tolist()),
        iteration=iteration,
        start_ns=start_ns,
        end_ns=end_ns,
        start=pings.start,
        connect=pings.connect,
        head=pings.head,
        end=pings.end,
        status=pings.status,
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
