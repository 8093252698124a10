"""A program's iteration records and the origin's times, laid out as arrays.

An invocation may hold a hundred thousand pings, so nothing here loops over single pings in Python.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from results.conform import Misfit, shown, whole_numbers
from results.failures import code_of

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Iterations:
    """The iterations of one invocation: number, and start and end on the monotonic clock, ns.

    `allocated` is what the program says that each took from the heap, bytes; NaN where it does not.
    """

    number: Integers
    start: Integers
    end: Integers
    allocated: Floats


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Pings:
    """The pings of one invocation, in the order iteration, chain, ping.

    `row` is the index of the ping's iteration in `Iterations`. Times are ns since that
    iteration's start; NaN where nothing was observed.
    """

    row: Integers
    chain: Integers
    ping: Integers
    start: Integers
    connect: Floats
    head: Floats
    end: Integers
    status: Integers
    accepted: Floats
    seen: Floats
    sent: Floats


def read_iterations(records: object, where: str) -> Iterations:
    """Return what every family's records have; raise `Misfit` where one is no iteration.

    A checksum is what the harness judged the record by, and says nothing more.
    """
    if type(records) is not list or (records and set(map(type, records)) != {dict}):
        raise Misfit(f"{where} is not a list of objects")
    try:
        columns = [[r[key] for r in records] for key in ("iteration", "start_ns", "end_ns")]
    except KeyError as missing:
        raise Misfit(f"{where}: an iteration lacks the key {missing}") from missing
    number, start, end = (_array(column, where) for column in columns)
    if not np.array_equal(number, np.arange(number.size)):
        raise Misfit(f"{where} are not numbered 0, 1, 2 …")
    if np.any(start < 0) or np.any(end < start):
        raise Misfit(f"{where}: an iteration ends before it starts")
    allocated = _optional([record.get("allocated_bytes") for record in records], where)
    if np.any((allocated < 0) | (allocated >= 2.0**63)):
        raise Misfit(f"{where}: an iteration allocates less than nothing, or beyond 2^63")
    return Iterations(number=number, start=start, end=end, allocated=allocated)


def read_pings(records: Sequence[dict[str, Any]], where: str) -> Pings:
    """Return the pings of records that `read_iterations` accepted, without the origin's times.

    Records without `pings` (families without a network) give none. Raises `Misfit`.
    """
    per_record = [record.get("pings", []) for record in records]
    chains = _flattened(per_record, f"{where}, pings")
    rows = _flattened(chains, f"{where}, a chain")
    if rows and (set(map(type, rows)) != {list} or set(map(len, rows)) != {5}):
        raise Misfit(f"{where}: a ping is not a list of five")
    starts, connects, heads, ends, statuses = zip(*rows) if rows else ((), (), (), (), ())
    chains_of = np.fromiter(map(len, per_record), dtype=np.int64, count=len(per_record))
    pings_of = np.fromiter(map(len, chains), dtype=np.int64, count=len(chains))
    chain_row = np.repeat(np.arange(chains_of.size), chains_of)
    start, end = _array(list(starts), where), _array(list(ends), where)
    if np.any(start < 0) or np.any(end < start):
        raise Misfit(f"{where}: a ping ends before it starts")
    nothing = np.full(start.size, np.nan)
    return Pings(
        row=np.repeat(chain_row, pings_of),
        chain=np.repeat(_counted(chains_of), pings_of),
        ping=_counted(pings_of),
        start=start,
        connect=_optional(connects, where),
        head=_optional(heads, where),
        end=end,
        status=_status_codes(statuses, where),
        accepted=nothing,
        seen=nothing,
        sent=nothing,
    )


def relative_to_iteration(times: list[int], iterations: Iterations, pings: Pings) -> Floats:
    """Times of the origin, one per ping, as ns since the start of the ping's iteration."""
    if len(times) != pings.row.size:
        raise Misfit(f"the origin has {len(times)} times for {pings.row.size} pings")
    relative = np.array(times, dtype=np.int64) - iterations.start[pings.row]
    return relative.astype(np.float64)


def _flattened(nested: Sequence[Any], where: str) -> list[Any]:
    if nested and set(map(type, nested)) != {list}:
        raise Misfit(f"{where} is not a list")
    return list(chain.from_iterable(nested))


def _array(values: object, where: str) -> Integers:
    return np.array(whole_numbers(values, where), dtype=np.int64)


def _optional(values: Sequence[object], where: str) -> Floats:
    if not set(map(type, values)) <= {int, type(None)}:
        raise Misfit(f"{where}: a figure is neither an integer nor null")
    try:
        return np.array(values, dtype=np.float64)
    except OverflowError as overflow:
        raise Misfit(f"{where}: a figure is beyond 2^63") from overflow


def _counted(lengths: Integers) -> Integers:
    """0, 1, … within each of consecutive stretches of the given lengths."""
    before = np.cumsum(lengths) - lengths
    return np.arange(int(lengths.sum())) - np.repeat(before, lengths)


def _status_codes(statuses: Sequence[object], where: str) -> Integers:
    if not set(map(type, statuses)) <= {int, str}:
        raise Misfit(f"{where}: a status is neither an integer nor a text")
    codes: dict[object, int] = {}
    for status in set(statuses):
        code = code_of(status)
        if code is None:
            raise Misfit(f"{where}: {shown(status)} is no status of a ping")
        codes[status] = code
    return np.fromiter(map(codes.__getitem__, statuses), dtype=np.int64, count=len(statuses))
