"""The referee: did a program do, on the wire, exactly the work that its job asked for?

Judges W1 to W4 from the origin's record alone, counted against the job, never against what the
program says. W9 then lays the program's record over the origin's: both clocks are one.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from benchmarks.ping.origin.plan import Behaviour, Plan, Record
from benchmarks.ping.task import PingTask
from results.text import quote
from runners.findings import Finding
from runners.protocol import Record as ProgramRecord


def due_head(plan: Plan, site: int) -> bytes:
    """Return the only request head that a site may get."""
    connection = "keep-alive" if plan.keep_alive else "close"
    host = f"{plan.sites[site].address}:{plan.port}"
    return f"HEAD {plan.path} HTTP/1.1\r\nHost: {host}\r\nConnection: {connection}\r\n\r\n".encode()


def join(task: PingTask, record: Record) -> list[int] | None:
    """Return the request of each ping, in the order iteration, chain, ping.

    The k-th ping of a site is the k-th request that the site saw: a site belongs to one chain,
    and a chain pings one after another. None where the counts differ: nothing can be
    attributed then.
    """
    queues = _requests_by_site(task, record)
    visits = [site for chain in task.chains for site in chain]
    due = {site: task.iterations * visits.count(site) for site in set(visits)}
    if any(len(queue) != due.get(site, 0) for site, queue in enumerate(queues)):
        return None
    iterators = [iter(queue) for queue in queues]
    return [next(iterators[site]) for _ in range(task.iterations) for site in visits]


def judge_wire(
    task: PingTask, plan: Plan, record: Record, joined: Sequence[int] | None
) -> list[Finding]:
    """Judge W1 to W4 independently of each other."""
    rules = {
        "W1": _heads(plan, record),
        "W2": _connections(task, plan, record),
        "W3": _counts(task, plan, record),
        "W4": _sequence(task, record, joined),
    }
    return [Finding(rule=rule, seen=seen) for rule, seen in rules.items() if seen]


def _requests_by_site(task: PingTask, record: Record) -> list[list[int]]:
    queues: list[list[int]] = [[] for _ in task.sites]
    for request, connection in enumerate(record.connection):
        queues[record.connection_site[connection]].append(request)
    return queues


def _heads(plan: Plan, record: Record) -> str | None:
    sites = record.connection_site
    pairs = {(head, sites[c]) for head, c in zip(record.head, record.connection, strict=True)}
    for head, site in sorted(pairs):
        due = due_head(plan, site)
        if record.heads[head] != due:
            return f"the head {record.heads[head][:300]!r}, where {due!r} was due"
    if record.incomplete:
        return f"a request without an end: {quote(record.incomplete[0][1])}"
    return None


def _connections(task: PingTask, plan: Plan, record: Record) -> str | None:
    carried = [0] * len(record.connection_site)
    for connection in record.connection:
        carried[connection] += 1
    if idle := carried.count(0):
        return f"{idle} connection(s) without a request"
    if task.keep_alive:
        for site, address in enumerate(plan.sites):
            count = record.connection_site.count(site)
            if count > 1:
                return f"{count} connections at {address.address}, where 1 was due"
        return _missing_connections(len(task.sites), len(carried))
    if carried and max(carried) > 1:
        return f"a connection with {max(carried)} requests, where 1 was due"
    refusing = {i for i, site in enumerate(task.sites) if site.behaviour is Behaviour.REFUSE}
    due = task.iterations * sum(s not in refusing for chain in task.chains for s in chain)
    return _missing_connections(due, len(carried))


def _missing_connections(due: int, seen: int) -> str | None:
    return None if seen == due else f"{seen} connections, where {due} were due"


def _counts(task: PingTask, plan: Plan, record: Record) -> str | None:
    if record.unrecorded:
        return f"{record.unrecorded} requests or connections beyond twice what was due"
    visits = [site for chain in task.chains for site in chain]
    for site, queue in enumerate(_requests_by_site(task, record)):
        refuses = task.sites[site].behaviour is Behaviour.REFUSE
        due = 0 if refuses else task.iterations * visits.count(site)
        if len(queue) != due:
            return f"{len(queue)} requests at {plan.sites[site].address}, where {due} were due"
    return None


def _sequence(task: PingTask, record: Record, joined: Sequence[int] | None) -> str | None:
    if any(record.coalesced):
        return "two request heads in one read"
    first = first_requests(record)
    for chain, requests in enumerate(_by_chain(task, record, joined)):
        answered = 0
        for request in requests:
            seen = record.seen_ns[request]
            accepted = record.accepted_ns[record.connection[request]]
            if seen < answered:
                return f"chain {chain}: a request {answered - seen} ns before the last answer"
            if accepted < answered and first[request]:
                return (
                    f"chain {chain}: a connection {answered - accepted} ns before the last answer"
                )
            answered = max(answered, record.sent_ns[request])
    return None


def _by_chain(task: PingTask, record: Record, joined: Sequence[int] | None) -> Iterator[list[int]]:
    if joined is None:
        chain_of = {site: c for c, chain in enumerate(task.chains) for site in chain}
        groups: list[list[int]] = [[] for _ in task.chains]
        for request, connection in enumerate(record.connection):
            groups[chain_of[record.connection_site[connection]]].append(request)
        yield from groups
        return
    offset, step = 0, task.pings
    for chain in task.chains:
        yield [
            request
            for start in range(offset, len(joined), step)
            for request in joined[start : start + len(chain)]
        ]
        offset += len(chain)


def first_requests(record: Record) -> list[bool]:
    """Tell of each request whether it is the first on its connection."""
    met: set[int] = set()
    first = []
    for connection in record.connection:
        first.append(connection not in met)
        met.add(connection)
    return first


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """The origin's times of one ping; `opened` is the accept, or the request when reused."""

    opened: int
    sent: int
    status: int


def judge_enclosure(
    task: PingTask, record: Record, joined: Sequence[int], records: Sequence[ProgramRecord]
) -> Finding | None:
    """Judge W9: each ping's interval encloses the origin's, and the statuses agree.

    `records` are well formed and complete; `joined` comes from `join`.
    """
    first = first_requests(record)
    requests = iter(joined)
    for row in records:
        start_ns = row["start_ns"]
        for c, chain in enumerate(row["pings"]):
            for p, ping in enumerate(chain):
                request = next(requests)
                accepted = record.accepted_ns[record.connection[request]]
                seen = _Seen(
                    opened=accepted if first[request] else record.seen_ns[request],
                    sent=record.sent_ns[request],
                    status=record.status[request],
                )
                if problem := _not_enclosed(start_ns, ping, seen):
                    where = f"iteration {row['iteration']}, chain {c}, ping {p}"
                    return Finding(rule="W9", seen=f"{where}: {problem}")
    return None


def _not_enclosed(start_ns: int, ping: list[int | str | None], seen: _Seen) -> str | None:
    start, _, head, end, status = ping
    assert isinstance(start, int) and isinstance(end, int)
    if start_ns + start > seen.opened:
        return f"starts {start_ns + start - seen.opened} ns after the origin had it"
    if start_ns + end < seen.sent:
        return f"ends {seen.sent - start_ns - end} ns before its answer was sent"
    if isinstance(head, int) and start_ns + head < seen.sent:
        return f"has its head {seen.sent - start_ns - head} ns before its answer was sent"
    if status != seen.status:
        return f"records {status!r}, where {seen.status} was sent"
    return None
