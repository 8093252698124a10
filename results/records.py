"""The iterations and pings of an invocation, laid out as arrays.

An invocation may hold a hundred thousand pings, so nothing here loops over single pings in Python.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from results.conform import Misfit, whole_numbers
from results.pings import StoredPings

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Iterations:
    """The iterations of one invocation: number, and start and end on the monotonic clock, ns.

    `fields` are the family's own, such as allocated_bytes; NaN where the program does not say.
    """

    number: Integers
    start: Integers
    end: Integers
    fields: Mapping[str, Floats]

    def field(self, name: str) -> Floats:
        """A field of the records; NaN throughout where the family has none of that name."""
        return self.fields.get(name, np.full(self.number.size, np.nan))


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


def read_iterations(records: object, where: str, fields: Iterable[str] = ()) -> Iterations:
    """Return what every family's records have, and its own fields; raise `Misfit` where one has not.

    A checksum is what the harness judged the record by, and says nothing more.
    """
    if type(records) is not list or (records and set(map(type, records)) != {dict}):
        raise Misfit(f"{where} is not a list of objects")
    try:
        columns = [[r[key] for r in records] for key in ("iteration", "start_ns", "end_ns")]
    except KeyError as missing:
        raise Misfit(f"{where}: an iteration lacks the key {missing}") from missing
    number, start, end = (array(column, where) for column in columns)
    if not np.array_equal(number, np.arange(number.size)):
        raise Misfit(f"{where} are not numbered 0, 1, 2 …")
    if np.any(start < 0) or np.any(end < start):
        raise Misfit(f"{where}: an iteration ends before it starts")
    own = {name: optional([record.get(name) for record in records], where) for name in fields}
    for name, values in own.items():
        if np.any((values < 0) | (values >= 2.0**63)):
            raise Misfit(f"{where}: {name} is less than nothing, or beyond 2^63")
    return Iterations(number=number, start=start, end=end, fields=own)


def laid_out(stored: StoredPings, iterations: Iterations, *, joined: bool) -> Pings:
    """Return the program's pings, with the origin's times where they are `joined`; `Misfit`."""
    each, count = int(stored.chains.sum()), iterations.number.size
    if stored.start.size != each * count:
        raise Misfit(f"it has {stored.start.size} pings in {count} iterations")
    stored.check_program()
    row = np.repeat(np.arange(count), each)
    pings = Pings(
        row=row,
        chain=np.tile(np.repeat(np.arange(stored.chains.size), stored.chains), count),
        ping=np.tile(counted(stored.chains), count),
        start=stored.start,
        connect=_or_nan(stored.connect),
        head=_or_nan(stored.head),
        end=stored.end,
        status=stored.status,
        accepted=np.full(row.size, np.nan),
        seen=np.full(row.size, np.nan),
        sent=np.full(row.size, np.nan),
    )
    if not joined:
        return pings
    request = stored.joined()
    if request is None:
        raise Misfit("its pings and requests do not belong together")
    accepted = stored.accepted[stored.connection[request]]
    return attributed(pings, iterations, accepted, stored.seen[request], stored.sent[request])


def attributed(
    pings: Pings, iterations: Iterations, accepted: Integers, seen: Integers, sent: Integers
) -> Pings:
    """Return the pings with the origin's times, which are given one per ping; raise `Misfit`."""
    if np.any(sent < seen) or np.any(seen < accepted):
        raise Misfit("its origin's times are out of order")
    began = iterations.start[pings.row]
    return replace(
        pings,
        accepted=(accepted - began).astype(np.float64),
        seen=(seen - began).astype(np.float64),
        sent=(sent - began).astype(np.float64),
    )


def no_pings() -> Pings:
    """The pings of an invocation that has none."""
    none, nothing = np.zeros(0, dtype=np.int64), np.zeros(0)
    return Pings(
        row=none,
        chain=none,
        ping=none,
        start=none,
        connect=nothing,
        head=nothing,
        end=none,
        status=none,
        accepted=nothing,
        seen=nothing,
        sent=nothing,
    )


def _or_nan(times: Integers) -> Floats:
    return np.where(times < 0, np.nan, times.astype(np.float64))


def array(values: object, where: str) -> Integers:
    """Whole numbers as an array; raise `Misfit` on anything else."""
    return np.array(whole_numbers(values, where), dtype=np.int64)


def optional(values: Sequence[object], where: str) -> Floats:
    """Whole numbers or None as an array, NaN for None; raise `Misfit` on anything else."""
    if not set(map(type, values)) <= {int, type(None)}:
        raise Misfit(f"{where}: a figure is neither an integer nor null")
    try:
        return np.array(values, dtype=np.float64)
    except OverflowError as overflow:
        raise Misfit(f"{where}: a figure is beyond 2^63") from overflow


def counted(lengths: Integers) -> Integers:
    """0, 1, … within each of consecutive stretches of the given lengths."""
    before = np.cumsum(lengths) - lengths
    return np.arange(int(lengths.sum())) - np.repeat(before, lengths)
