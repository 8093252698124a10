"""The referee: did a program do, on the wire, exactly the work that its job asked for?

Judges W1 to W4 from the origin's record alone, counted against the job, never against what the
program says. W9 then lays the program's record over the origin's: both clocks are one.

Runs hold millions of pings, so nothing here loops over single ones. Times of the origin and starts
of iterations are 0 ≤ t < 2⁶³ (−1 for an answer that was not sent), and so are those of a ping since
its iteration's start: the differences of two fit 64 bits, sums need not.
"""

from dataclasses import dataclass
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from benchmarks.ping.origin.plan import Behaviour, ConnectionMode, Plan
from benchmarks.ping.rows import PingRows
from benchmarks.ping.task import PingTask
from results.failures import status_of
from results.packing import Integers
from results.pings import NOTHING, StoredPings
from results.text import quote
from runners.findings import Finding
from runners.rules import Rule


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Judgement:
    """The rules that an invocation broke on the wire, each once.

    `joined` is the request of each ping, in the order iteration, chain, ping; None where they
    cannot be attributed.
    """

    findings: tuple[Finding, ...]
    joined: Integers | None


def judge(
    task: PingTask, plan: Plan, pings: StoredPings, unrecorded: int, rows: PingRows | None
) -> Judgement:
    """Judge W1 to W4 and, where there are `rows` and requests can be attributed, W9.

    `unrecorded` counts what the origin saw beyond its bound. `rows` are all those due; None where
    the program's records are malformed or not all there.
    """
    wire = _Wire.of(task, pings)
    joined = pings.requests(task.iterations)
    rules = {
        Rule.W1: _heads(plan, wire),
        Rule.W2: _connections(task, plan, wire),
        Rule.W3: _counts(task, plan, wire, unrecorded),
        Rule.W4: _sequence(task, wire, joined),
    }
    if joined is not None and rows is not None:
        rules[Rule.W9] = _enclosure(wire, joined, rows)
    findings = tuple(Finding(rule=rule, seen=seen) for rule, seen in rules.items() if seen)
    return Judgement(findings=findings, joined=joined)


def due_head(plan: Plan, site: int) -> bytes:
    """Return the only request head that a site may get."""
    host = f"{plan.sites[site].address}:{plan.port}"
    lines = (f"HEAD {plan.path} HTTP/1.1", f"Host: {host}", f"Connection: {plan.connection}")
    return "".join(f"{line}\r\n" for line in (*lines, *plan.extra_headers, "")).encode()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Wire:
    """What the origin saw, and what follows from it for each request: its site, when its
    connection was accepted, whether it is the `first` on it.

    `carried` are the requests of each connection, `received` those of each site.
    """

    saw: StoredPings
    site: Integers
    opened: Integers
    first: NDArray[np.bool_]
    carried: Integers
    received: Integers

    @classmethod
    def of(cls, task: PingTask, saw: StoredPings) -> "_Wire":
        site = saw.connection_site[saw.connection]
        first = np.zeros(site.size, dtype=np.bool_)
        first[np.unique(saw.connection, return_index=True)[1]] = True
        return cls(
            saw=saw,
            site=site,
            opened=saw.accepted[saw.connection],
            first=first,
            carried=np.bincount(saw.connection, minlength=saw.accepted.size),
            received=np.bincount(site, minlength=len(task.sites)),
        )


def _due_by_site(task: PingTask, wire: _Wire) -> Integers:
    """Return the requests due at each site; a refusing one can get none."""
    refuses = np.array([site.behaviour is Behaviour.REFUSE for site in task.sites], dtype=np.bool_)
    return task.iterations * np.bincount(wire.saw.visits, minlength=len(task.sites)) * ~refuses


def _heads(plan: Plan, wire: _Wire) -> str | None:
    pairs = np.unique(wire.saw.request_head * len(plan.sites) + wire.site)
    for head, site in zip(*divmod(pairs, len(plan.sites)), strict=True):
        due = due_head(plan, site)
        if wire.saw.heads[head] != due:
            return f"the head {wire.saw.heads[head][:300]!r}, where {due!r} was due"
    if wire.saw.incomplete:
        return f"a request without an end: {quote(wire.saw.incomplete[0])}"
    return None


def _connections(task: PingTask, plan: Plan, wire: _Wire) -> str | None:
    if idle := np.count_nonzero(wire.carried == 0):
        return f"{idle} connection(s) without a request"
    if task.connection is ConnectionMode.KEEP_ALIVE:
        opened = np.bincount(wire.saw.connection_site, minlength=len(task.sites))
        for site in np.flatnonzero(opened > 1):
            address = plan.sites[site].address
            return f"{opened[site]} connections at {address}, where 1 was due"
        return _missing_connections(len(task.sites), wire.carried.size)
    if (most := wire.carried.max(initial=0)) > 1:
        return f"a connection with {most} requests, where 1 was due"
    return _missing_connections(int(_due_by_site(task, wire).sum()), wire.carried.size)


def _missing_connections(due: int, seen: int) -> str | None:
    return None if seen == due else f"{seen} connections, where {due} were due"


def _counts(task: PingTask, plan: Plan, wire: _Wire, unrecorded: int) -> str | None:
    if unrecorded:
        return f"{unrecorded} requests or connections beyond twice what was due"
    due = _due_by_site(task, wire)
    for site in np.flatnonzero(wire.received != due):
        address = plan.sites[site].address
        return f"{wire.received[site]} requests at {address}, where {due[site]} were due"
    return None


def _sequence(task: PingTask, wire: _Wire, joined: Integers | None) -> str | None:
    if np.any(wire.saw.coalesced):
        return "two request heads in one read"
    for chain, requests in enumerate(_by_chain(task, wire, joined)):
        answered = np.maximum.accumulate(np.append(0, wire.saw.sent[requests]))[:-1]
        seen, opened = wire.saw.seen[requests], wire.opened[requests]
        early = seen < answered
        opens_early = wire.first[requests] & (opened < answered)
        for place in np.flatnonzero(early | opens_early):
            last = answered[place]
            if early[place]:
                return f"chain {chain}: a request {last - seen[place]} ns before the last answer"
            return f"chain {chain}: a connection {last - opened[place]} ns before the last answer"
    return None


def _by_chain(task: PingTask, wire: _Wire, joined: Integers | None) -> list[Integers]:
    """Return the requests of each chain in their order."""
    ends = list(accumulate(map(len, task.chains)))
    if joined is not None:
        iterations = joined.reshape(task.iterations, -1)
        return [part.ravel() for part in np.split(iterations, ends[:-1], axis=1)]
    return [np.flatnonzero(np.isin(wire.site, chain)) for chain in task.chains]


def _enclosure(wire: _Wire, joined: Integers, rows: PingRows) -> str | None:
    """Tell where a ping's interval does not enclose the origin's, or the statuses differ."""
    began, sent, status = rows.began_ns, wire.saw.sent[joined], wire.saw.answered[joined]
    had = np.where(wire.first[joined], wire.opened[joined], wire.saw.seen[joined])
    checks = (
        (rows.start > had - began, rows.start, had, "starts {} ns after the origin had it"),
        (rows.end < sent - began, rows.end, sent, "ends {} ns before its answer was sent"),
        (
            (rows.head != NOTHING) & (rows.head < sent - began),
            rows.head,
            sent,
            "has its head {} ns before its answer was sent",
        ),
    )
    wrong = np.logical_or.reduce([bad for bad, *_ in checks]) | (rows.status != status)
    for ping in np.flatnonzero(wrong):
        where = rows.where(ping)
        for bad, reported, recorded, words in checks:
            if bad[ping]:
                apart = abs(int(began[ping]) + int(reported[ping]) - int(recorded[ping]))
                return f"{where}: {words.format(apart)}"
        said = status_of(int(rows.status[ping]))
        return f"{where}: records {said!r}, where {status[ping]} was sent"
    return None
