"""A line of schema 1, whose pings are text, read into what a line is today. Frozen."""

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any, TypedDict, cast

import numpy as np

from results.conform import Misfit, shown
from results.failures import code_of
from results.invocation import InvocationRecord, conformed, without_iterations
from results.line_format import AnyLine, Head, Invocation, OriginRecord
from results.records import (
    Integers,
    Iterations,
    Pings,
    array,
    attributed,
    counted,
    optional,
    read_iterations,
)


class _Origin(TypedDict):
    """`accepted`, `seen`, `sent` are parallel, in the order of the pings where `joined`."""

    joined: bool
    accepted: list[int]
    seen: list[int]
    sent: list[int]
    heads: list[Head]
    cpu_ns: int | None
    wall_ns: int | None


class _Line(AnyLine):
    """An iteration's record holds its pings: one list a chain of [start, connect, head, end, status]."""

    origin: _Origin | None


def read_older_invocation(parsed: object, fields: Iterable[str]) -> InvocationRecord:
    """Return one line's parsed JSON as a record; raise `Misfit` where the format is broken."""
    recorded, records = conformed(parsed, _Line)
    line = cast(_Line, recorded)
    today = _upgraded(line)
    if line["superseded"]:
        return without_iterations(today)
    try:
        return _with_iterations(line, today, records, fields)
    except Misfit:
        if line["broken"]:
            return without_iterations(today)
        raise


def _upgraded(line: _Line) -> Invocation:
    origin = line["origin"]
    bare: OriginRecord | None = None
    if origin is not None:
        bare = {
            "joined": origin["joined"],
            "heads": origin["heads"],
            "unrecorded": 0,
            "cpu_ns": origin["cpu_ns"],
            "wall_ns": origin["wall_ns"],
        }
    return cast(Invocation, {**line, "job": None, "origin": bare, "pings": None})


def _with_iterations(
    line: _Line, today: Invocation, records: Any, fields: Iterable[str]
) -> InvocationRecord:
    iterations = read_iterations(records, "its iterations", fields)
    pings = _read_pings(records, "its iterations")
    origin = line["origin"]
    joined = origin is not None and origin["joined"]
    if origin is not None and joined:
        pings = _attributed(origin, iterations, pings)
    return InvocationRecord(
        recorded=today,
        iterations=iterations,
        ping_count=pings.row.size,
        joined=joined,
        load=lambda: pings,
    )


def _read_pings(records: Sequence[dict[str, Any]], where: str) -> Pings:
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
    start, end = array(list(starts), where), array(list(ends), where)
    if np.any(start < 0) or np.any(end < start):
        raise Misfit(f"{where}: a ping ends before it starts")
    nothing = np.full(start.size, np.nan)
    return Pings(
        row=np.repeat(chain_row, pings_of),
        chain=np.repeat(counted(chains_of), pings_of),
        ping=counted(pings_of),
        start=start,
        connect=optional(connects, where),
        head=optional(heads, where),
        end=end,
        status=_status_codes(statuses, where),
        accepted=nothing,
        seen=nothing,
        sent=nothing,
    )


def _attributed(origin: _Origin, iterations: Iterations, pings: Pings) -> Pings:
    columns = origin["accepted"], origin["seen"], origin["sent"]
    for times in columns:
        if len(times) != pings.row.size:
            raise Misfit(f"the origin has {len(times)} times for {pings.row.size} pings")
    accepted, seen, sent = (np.array(times, dtype=np.int64) for times in columns)
    return attributed(pings, iterations, accepted, seen, sent)


def _flattened(nested: Sequence[Any], where: str) -> list[Any]:
    if nested and set(map(type, nested)) != {list}:
        raise Misfit(f"{where} is not a list")
    return list(chain.from_iterable(nested))


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
