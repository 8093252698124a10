"""Family `ping`: records of HTTP HEAD requests, one list per chain.

Each ping is [start, connect, head, end, status]: nanoseconds since the iteration's `start_ns`.
"""

from collections.abc import Mapping
from typing import Any

from results.failures import CODES
from runners.protocol import INTEGER_LIMIT, MalformedLine, Record, check_keys, is_time

_KEYS = frozenset({"iteration", "start_ns", "end_ns", "pings"})


def check_record(record: Record, params: Mapping[str, Any]) -> None:
    """Insist on the keys, shape, types and ranges due. Raises MalformedLine."""
    check_keys(record, _KEYS)
    for key in ("iteration", "start_ns", "end_ns"):
        if not is_time(record[key]):
            raise MalformedLine(f"a record whose {key} is {record[key]!r}")
    chains, due = record["pings"], params["chains"]
    if not isinstance(chains, list) or len(chains) != len(due):
        raise MalformedLine(f"a record whose `pings` are not a list of {len(due)} chains")
    for chain, sites in zip(chains, due, strict=True):
        if not isinstance(chain, list) or len(chain) != len(sites):
            raise MalformedLine(f"a record with a chain that is not a list of {len(sites)} pings")
        for ping in chain:
            if not _well_formed(ping):
                raise MalformedLine(f"a ping of {ping!r:.200}")


def _well_formed(ping: object) -> bool:
    # Written out, since it runs for every ping of every run.
    if type(ping) is not list or len(ping) != 5:
        return False
    start, connect, head, end, status = ping
    if type(start) is not int or type(end) is not int:
        return False
    if not (0 <= start < INTEGER_LIMIT and 0 <= end < INTEGER_LIMIT):
        return False
    if connect is not None and not is_time(connect):
        return False
    if type(status) is int:
        return 100 <= status <= 599 and is_time(head)
    return isinstance(status, str) and status in CODES and head is None


def check_times(record: Record) -> str | None:
    """Return what is inconsistent in the order of a record's times, or None.

    Every ping lies within its iteration, start ≤ connect ≤ head ≤ end, and no ping of a chain
    starts before the end of the one before.
    """
    length = record["end_ns"] - record["start_ns"]
    for c, chain in enumerate(record["pings"]):
        previous_end = 0
        for p, (start, connect, head, end, _) in enumerate(chain):
            low = start if connect is None else connect
            middle = low if head is None else head
            if start < previous_end or not start <= low <= middle <= end <= length:
                where = f"iteration {record['iteration']}, chain {c}, ping {p}"
                if start < previous_end:
                    return f"{where}: starts at {start} ns, before {previous_end} ns when the last ended"
                if end > length:
                    return f"{where}: ends at {end} ns, after its iteration of {length} ns"
                return f"{where}: start, connect, head, end are {start}, {connect}, {head}, {end}"
            previous_end = end
    return None


def check_work(record: Record, params: Mapping[str, Any]) -> str | None:
    """Return None: what a ping did is seen by the origin, not by a checksum."""
    return None
