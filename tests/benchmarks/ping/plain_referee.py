"""The referee said again, slowly: one ping after another, with nothing but lists and loops."""

from collections.abc import Iterator, Sequence
from typing import Any

from benchmarks.ping.origin.plan import ConnectionMode
from benchmarks.ping.referee import due_head
from results.text import quote
from tests.benchmarks.ping.exchange import Exchange


def findings(exchange: Exchange) -> dict[str, str]:
    """What is broken, with the evidence, in tasks whose sites all answer."""
    joined = join(exchange)
    seen = {
        "W1": heads(exchange),
        "W2": connections(exchange),
        "W3": counts(exchange),
        "W4": sequence(exchange, joined),
        "W9": enclosure(exchange, joined) if joined is not None else None,
    }
    return {rule: words for rule, words in seen.items() if words is not None}


def by_site(exchange: Exchange) -> list[list[int]]:
    record = exchange.record
    queues: list[list[int]] = [[] for _ in exchange.task.sites]
    for request, connection in enumerate(record.connection):
        queues[record.connection_site[connection]].append(request)
    return queues


def due(exchange: Exchange, site: int) -> int:
    return exchange.task.iterations * sum(chain.count(site) for chain in exchange.task.chains)


def join(exchange: Exchange) -> list[int] | None:
    queues = by_site(exchange)
    if any(len(queue) != due(exchange, site) for site, queue in enumerate(queues)):
        return None
    ahead = [iter(queue) for queue in queues]
    task = exchange.task
    return [next(ahead[s]) for _ in range(task.iterations) for chain in task.chains for s in chain]


def heads(exchange: Exchange) -> str | None:
    record = exchange.record
    sites = [record.connection_site[connection] for connection in record.connection]
    for head, site in sorted({*zip(record.head, sites, strict=True)}):
        expected = due_head(exchange.plan, site)
        if record.heads[head] != expected:
            return f"the head {record.heads[head][:300]!r}, where {expected!r} was due"
    for _, head_so_far in record.incomplete:
        return f"a request without an end: {quote(head_so_far)}"
    return None


def connections(exchange: Exchange) -> str | None:
    record, task = exchange.record, exchange.task
    carried = [record.connection.count(c) for c in range(len(record.connection_site))]
    if 0 in carried:
        return f"{carried.count(0)} connection(s) without a request"
    keep_alive = task.connection is ConnectionMode.KEEP_ALIVE
    wanted = len(task.sites) if keep_alive else task.pings * task.iterations
    for site, address in enumerate(exchange.plan.sites):
        opened = record.connection_site.count(site)
        if keep_alive and opened > 1:
            return f"{opened} connections at {address.address}, where 1 was due"
    if not keep_alive and max(carried, default=0) > 1:
        return f"a connection with {max(carried)} requests, where 1 was due"
    if len(carried) != wanted:
        return f"{len(carried)} connections, where {wanted} were due"
    return None


def counts(exchange: Exchange) -> str | None:
    if exchange.record.unrecorded:
        return f"{exchange.record.unrecorded} requests or connections beyond twice what was due"
    for site, queue in enumerate(by_site(exchange)):
        if len(queue) != due(exchange, site):
            address = exchange.plan.sites[site].address
            return f"{len(queue)} requests at {address}, where {due(exchange, site)} were due"
    return None


def sequence(exchange: Exchange, joined: list[int] | None) -> str | None:
    record, task = exchange.record, exchange.task
    if any(record.coalesced):
        return "two request heads in one read"
    for number, chain in enumerate(task.chains):
        own = [r for site in chain for r in by_site(exchange)[site]]
        order = sorted({*own}) if joined is None else [r for r in joined if r in own]
        answered = 0
        for request in order:
            connection = record.connection[request]
            seen, accepted = record.seen_ns[request], record.accepted_ns[connection]
            if seen < answered:
                return f"chain {number}: a request {answered - seen} ns before the last answer"
            if accepted < answered and connection not in record.connection[:request]:
                apart = answered - accepted
                return f"chain {number}: a connection {apart} ns before the last answer"
            answered = max(answered, record.sent_ns[request])
    return None


def enclosure(exchange: Exchange, joined: Sequence[int]) -> str | None:
    record, requests = exchange.record, iter(joined)
    for where, began, ping in pings(exchange):
        request = next(requests)
        connection = record.connection[request]
        reused = connection in record.connection[:request]
        opened = record.seen_ns[request] if reused else record.accepted_ns[connection]
        sent, (start, _, head, end, status) = record.sent_ns[request], ping
        if began + start > opened:
            return f"{where}: starts {began + start - opened} ns after the origin had it"
        if began + end < sent:
            return f"{where}: ends {sent - began - end} ns before its answer was sent"
        if head is not None and began + head < sent:
            return f"{where}: has its head {sent - began - head} ns before its answer was sent"
        if status != record.status[request]:
            return f"{where}: records {status!r}, where {record.status[request]} was sent"
    return None


def pings(exchange: Exchange) -> Iterator[tuple[str, int, list[Any]]]:
    for row in exchange.rows:
        for c, chain in enumerate(row["pings"]):
            for p, ping in enumerate(chain):
                yield f"iteration {row['iteration']}, chain {c}, ping {p}", row["start_ns"], ping
