"""Records of family ping: HTTP HEAD requests, one list per chain.

Each ping is [start, connect, head, end, status]: nanoseconds since the iteration's `start_ns`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

import numpy as np

from benchmarks.ping.rows import PingRows
from results.failures import code_of
from results.packing import Integers
from results.pings import NOTHING
from runners.protocol import MalformedLine, Object, check_keys, times_of
from runners.records import IterationRecord

_KEYS = frozenset({"iteration", "start_ns", "end_ns", "pings"})
_TIME, _TIME_OR_NULL = frozenset({int}), frozenset({int, type(None)})


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PingRecord(IterationRecord):
    """One iteration. `columns` are start, connect, head, end and status of its pings, in a row.

    `chains` has the number of pings of each chain; null is NOTHING, a status its code.
    """

    chains: tuple[int, ...]
    columns: Integers


def rows_of(records: Sequence[PingRecord]) -> PingRows:
    """Lay out the records of one invocation, at least one, in the order given."""
    columns = np.concatenate([record.columns for record in records], axis=1)
    start, connect, head, end, status = columns
    return PingRows(
        chains=records[0].chains,
        iteration=np.array([record.iteration for record in records], dtype=np.int64),
        start_ns=np.array([record.start_ns for record in records], dtype=np.int64),
        end_ns=np.array([record.end_ns for record in records], dtype=np.int64),
        start=start,
        connect=connect,
        head=head,
        end=end,
        status=status,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PingFormat:
    """The records of a job with `chains` of so many pings each."""

    chains: tuple[int, ...]

    def parse(self, line: Object) -> PingRecord:
        """Insist on the keys, shape, types and ranges due. Raises MalformedLine."""
        check_keys(line, _KEYS)
        iteration, start_ns, end_ns = times_of(line, "iteration", "start_ns", "end_ns")
        return PingRecord(
            iteration=iteration,
            start_ns=start_ns,
            end_ns=end_ns,
            chains=self.chains,
            columns=self._columns(line["pings"]),
        )

    def _columns(self, chains: object) -> Integers:
        if not isinstance(chains, list) or len(chains) != len(self.chains):
            due = len(self.chains)
            raise MalformedLine(f"a record whose `pings` are not a list of {due} chains")
        pings: list[object] = []
        for chain, size in zip(chains, self.chains, strict=True):
            if not isinstance(chain, list) or len(chain) != size:
                raise MalformedLine(f"a record with a chain that is not a list of {size} pings")
            pings += chain
        columns = _columns(pings)
        if columns is None:
            bad = next(ping for ping in pings if _columns([ping]) is None)
            raise MalformedLine(f"a ping of {bad!r:.200}")
        return columns

    def check_times(self, records: Sequence[PingRecord]) -> str | None:
        """Return what is inconsistent in the order of the records' times, or None.

        Every ping lies within its iteration, start ≤ connect ≤ head ≤ end, and no ping of a chain
        starts before the end of the one before.
        """
        rows = rows_of(records)
        low = np.where(rows.connect == NOTHING, rows.start, rows.connect)
        middle = np.where(rows.head == NOTHING, low, rows.head)
        length = np.repeat(rows.end_ns - rows.start_ns, sum(self.chains))
        before = np.zeros_like(rows.end)
        before[1:] = rows.end[:-1]
        firsts = [
            end - size
            for end, size in zip(accumulate(self.chains), self.chains, strict=True)
            if size
        ]
        before.reshape(len(records), -1)[:, firsts] = 0
        ordered = (
            (before <= rows.start)
            & (rows.start <= low)
            & (low <= middle)
            & (middle <= rows.end)
            & (rows.end <= length)
        )
        if ordered.all():
            return None
        bad = int(np.argmin(ordered))
        where, start, end = rows.where(bad), rows.start[bad], rows.end[bad]
        if start < before[bad]:
            return f"{where}: starts at {start} ns, before {before[bad]} ns when the last ended"
        if end > length[bad]:
            return f"{where}: ends at {end} ns, after its iteration of {length[bad]} ns"
        connect, head = (
            None if time == NOTHING else time for time in (rows.connect[bad], rows.head[bad])
        )
        return f"{where}: start, connect, head, end are {start}, {connect}, {head}, {end}"

    def check_work(self, records: Sequence[PingRecord]) -> str | None:
        """Return None: what a ping did is seen by the origin, not by a checksum."""
        return None


def _columns(pings: Sequence[Any]) -> Integers | None:
    """Return start, connect, head, end and status of pings; None where one is malformed.

    Written without a loop over pings, since it runs for every ping of every run.
    """
    if not pings:
        return np.empty((5, 0), dtype=np.int64)
    if set(map(type, pings)) != {list} or set(map(len, pings)) != {5}:
        return None
    starts, connects, heads, ends, statuses = zip(*pings, strict=True)
    if not set(map(type, statuses)) <= {int, str}:  # 200.0 would be found among the codes
        return None
    nullable = (connects, heads)
    if not all(set(map(type, column)) <= _TIME for column in (starts, ends)):
        return None
    if not all(set(map(type, column)) <= _TIME_OR_NULL for column in nullable):
        return None
    code = {status: code_of(status) or 0 for status in set(statuses)}
    codes = [code[status] for status in statuses]
    connect, head = ([NOTHING if t is None else t for t in column] for column in nullable)
    try:
        columns = np.array([starts, connect, head, ends, codes], dtype=np.int64)
    except OverflowError:
        return None
    if np.count_nonzero(columns[:4] < 0) != sum(column.count(None) for column in nullable):
        return None
    status, has_head = columns[4], columns[2] != NOTHING
    well_formed = (status != 0) & (has_head == (status > 0))
    return columns if well_formed.all() else None
