"""The referee: an honest exchange breaks nothing, and each deceit breaks exactly its rules."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.ping.origin.plan import Behaviour, ConnectionMode, Record
from benchmarks.ping.params import PingParams
from benchmarks.ping.referee import due_head
from benchmarks.ping.task import PingTask, SiteSpec
from tests.benchmarks.ping import plain_referee
from tests.benchmarks.ping.exchange import STEP_NS, Exchange, honest

CLOSE = PingParams(chains=2, sites_per_chain=2, pings_per_site=2).task(3)
KEPT = replace(CLOSE, connection=ConnectionMode.KEEP_ALIVE)
LATE_NS = 10**10  # long after everything else


@st.composite
def tasks(draw: st.DrawFn) -> PingTask:
    """Chains with sites of their own, each visited at least once, in any order."""
    chains: list[tuple[int, ...]] = []
    sites = 0
    for size in draw(st.lists(st.integers(1, 3), min_size=1, max_size=3)):
        own = range(sites, sites + size)
        more = draw(st.lists(st.sampled_from(own), max_size=3))
        chains.append(tuple(draw(st.permutations([*own, *more]))))
        sites += size
    return PingTask(
        sites=(SiteSpec(),) * sites,
        chains=tuple(chains),
        iterations=draw(st.integers(1, 4)),
        connection=draw(st.sampled_from(ConnectionMode)),
    )


def test_the_head_due_is_the_contract_s_bytes() -> None:
    assert due_head(honest(CLOSE).plan, 1) == (
        b"HEAD /p HTTP/1.1\r\nHost: 127.0.0.2:9\r\nConnection: close\r\n\r\n"
    )
    assert b"Connection: keep-alive\r\n\r\n" in due_head(honest(KEPT).plan, 1)
    more = replace(honest(CLOSE).plan, extra_headers=("User-Agent: fake", "Accept: */*"))
    assert due_head(more, 1) == (
        b"HEAD /p HTTP/1.1\r\nHost: 127.0.0.2:9\r\nConnection: close\r\n"
        b"User-Agent: fake\r\nAccept: */*\r\n\r\n"
    )


@settings(max_examples=60, deadline=None)
@given(tasks())
def test_an_honest_exchange_breaks_nothing(task: PingTask) -> None:
    assert honest(task).broken() == []


@settings(max_examples=40, deadline=None)
@given(tasks())
def test_the_join_follows_iteration_chain_and_ping(task: PingTask) -> None:
    exchange = honest(task)
    joined = exchange.judge().joined
    assert joined is not None
    assert sorted(joined) == list(range(task.pings * task.iterations))
    record = exchange.record
    visited = [record.connection_site[record.connection[request]] for request in joined]
    assert visited == [s for chain in task.chains for s in chain] * task.iterations
    starts = [r["start_ns"] + p[0] for r in exchange.rows for c in r["pings"] for p in c]
    assert [record.seen_ns[request] - 2 * STEP_NS for request in joined] == starts


def extra_request(exchange: Exchange) -> None:
    exchange.request(0, LATE_NS)


def extra_request_when_warm(exchange: Exchange) -> None:
    exchange.request(0, LATE_NS, connection=0)


def skipped_request(exchange: Exchange) -> None:
    """The last request and its connection never were."""
    record = exchange.record
    for column in (record.connection_site, record.accepted_ns):
        column.pop()
    for row in (record.connection, record.seen_ns, record.sent_ns, record.head, record.status):
        row.pop()
    record.coalesced.pop()


def skipped_request_when_warm(exchange: Exchange) -> None:
    record = exchange.record
    for row in (record.connection, record.seen_ns, record.sent_ns, record.head, record.status):
        row.pop()
    record.coalesced.pop()


def reuse(exchange: Exchange) -> None:
    """The second ping of a site goes over the connection of its first."""
    record = exchange.record
    site = record.connection_site[0]
    second = [r for r, c in enumerate(record.connection) if record.connection_site[c] == site][1]
    unused = record.connection[second]
    record.connection[second] = record.connection[0]
    del record.connection_site[unused], record.accepted_ns[unused]
    record.connection[:] = [c - (c > unused) for c in record.connection]


def reconnect(exchange: Exchange) -> None:
    """A site's last request opens a connection of its own."""
    record = exchange.record
    site = record.connection_site[record.connection[-1]]
    record.connection[-1] = exchange.connect(site, record.seen_ns[-1] - STEP_NS)


def reuse_with_another_connection_instead(exchange: Exchange) -> None:
    """As many connections as due, one of them for a request too many."""
    reuse(exchange)
    exchange.request(0, LATE_NS)


def second_connection_instead_of_a_site_s(exchange: Exchange) -> None:
    """The last site's only connection, with all its requests, goes to the first site."""
    record = exchange.record
    sites = record.connection_site
    sites[sites.index(len(exchange.task.sites) - 1)] = 0
    for request, connection in enumerate(record.connection):
        if sites[connection] == 0:
            record.head[request] = record.head[0]


def idle(exchange: Exchange) -> None:
    exchange.connect(0, LATE_NS)


def foreign_head(exchange: Exchange) -> None:
    record = exchange.record
    record.heads.append(
        record.heads[record.head[3]].replace(b"HTTP/1.1\r\n", b"HTTP/1.1\r\nA: b\r\n")
    )
    record.head[3] = len(record.heads) - 1


def head_of_a_neighbour(exchange: Exchange) -> None:
    record = exchange.record
    record.head[0], record.head[1] = record.head[1], record.head[0]


def half_a_head(exchange: Exchange) -> None:
    exchange.record.incomplete.append((0, b"HEAD"))


def early_connection(exchange: Exchange) -> None:
    """A chain's second connection is opened during its first ping."""
    accepted, sent = exchange.record.accepted_ns, exchange.record.sent_ns
    accepted[2] = sent[0] - 1


def early_request(exchange: Exchange) -> None:
    """A chain's second request comes during its first ping, its connection in time."""
    record = exchange.record
    record.sent_ns[0] = record.seen_ns[2] + 1
    record.accepted_ns[2] = record.sent_ns[0]
    exchange.rows[0]["pings"][0][0][2:4] = [20 * STEP_NS, 20 * STEP_NS]
    exchange.rows[0]["pings"][0][1][0] = 9 * STEP_NS


def early_request_when_warm(exchange: Exchange) -> None:
    record = exchange.record
    record.sent_ns[0] = record.seen_ns[2] + 1
    exchange.rows[0]["pings"][0][0][2:4] = [20 * STEP_NS, 20 * STEP_NS]


def coalesced(exchange: Exchange) -> None:
    exchange.record.coalesced[4] = True


def late_start(exchange: Exchange) -> None:
    exchange.rows[1]["pings"][1][2][0] += STEP_NS + 1


def late_start_when_warm(exchange: Exchange) -> None:
    exchange.rows[1]["pings"][1][2][0] += 2 * STEP_NS + 1


def early_head(exchange: Exchange) -> None:
    exchange.rows[1]["pings"][1][2][2] -= STEP_NS + 1


def early_end(exchange: Exchange) -> None:
    exchange.rows[1]["pings"][1][2][2:4] = [3 * STEP_NS - 1] * 2


def shifted(exchange: Exchange) -> None:
    exchange.rows[1]["start_ns"] += STEP_NS + 1


def wrong_status(exchange: Exchange) -> None:
    exchange.rows[2]["pings"][0][0][4] = 302


def claimed_failure(exchange: Exchange) -> None:
    exchange.rows[2]["pings"][0][0][2] = None
    exchange.rows[2]["pings"][0][0][4] = "reset"


def flood(exchange: Exchange) -> None:
    exchange.record = replace(exchange.record, unrecorded=1)


@pytest.mark.parametrize(
    ("task", "deceit", "rules"),
    [
        (CLOSE, extra_request, ["W2", "W3"]),
        (CLOSE, skipped_request, ["W2", "W3"]),
        (CLOSE, reuse, ["W2"]),
        (CLOSE, reuse_with_another_connection_instead, ["W2", "W3"]),
        (CLOSE, idle, ["W2"]),
        (CLOSE, foreign_head, ["W1"]),
        (CLOSE, head_of_a_neighbour, ["W1"]),
        (CLOSE, half_a_head, ["W1"]),
        (CLOSE, early_connection, ["W4", "W9"]),
        (CLOSE, early_request, ["W4"]),
        (CLOSE, coalesced, ["W4"]),
        (CLOSE, late_start, ["W9"]),
        (CLOSE, early_head, ["W9"]),
        (CLOSE, early_end, ["W9"]),
        (CLOSE, shifted, ["W9"]),
        (CLOSE, wrong_status, ["W9"]),
        (CLOSE, claimed_failure, ["W9"]),
        (CLOSE, flood, ["W3"]),
        (KEPT, extra_request_when_warm, ["W3"]),
        (KEPT, skipped_request_when_warm, ["W3"]),
        (KEPT, reconnect, ["W2"]),
        (KEPT, idle, ["W2"]),
        (KEPT, second_connection_instead_of_a_site_s, ["W2", "W3", "W4"]),
        (KEPT, early_request_when_warm, ["W4"]),
        (KEPT, late_start_when_warm, ["W9"]),
    ],
)
def test_a_deceit_breaks_exactly_its_rules(
    task: PingTask, deceit: Callable[[Exchange], None], rules: list[str]
) -> None:
    exchange = honest(task)
    deceit(exchange)
    assert exchange.broken() == rules


def test_a_reused_connection_may_be_older_than_the_ping() -> None:
    exchange = honest(KEPT)
    first = exchange.rows[1]["start_ns"]
    assert max(exchange.record.accepted_ns) < first
    assert exchange.broken() == []


def test_times_on_the_border_enclose() -> None:
    exchange = honest(CLOSE)
    for row in exchange.rows:
        for chain in row["pings"]:
            for ping in chain:
                ping[0] += STEP_NS  # when the connection was accepted
                ping[2] = ping[3] = ping[0] + 2 * STEP_NS  # when the answer was sent
    assert exchange.broken() == []


@settings(max_examples=40, deadline=None)
@given(tasks(), st.sampled_from([extra_request, idle]), st.data())
def test_any_task_notices_a_request_or_connection_too_many(
    task: PingTask, deceit: Callable[[Exchange], None], data: st.DataObject
) -> None:
    exchange = honest(task)
    deceit(exchange)
    assert exchange.broken() == (["W2"] if deceit is idle else ["W2", "W3"])


def connection_of_another(exchange: Exchange, data: st.DataObject) -> None:
    record = exchange.record
    request = data.draw(st.integers(0, len(record.connection) - 1))
    record.connection[request] = data.draw(st.integers(0, len(record.accepted_ns) - 1))


def moment_of_the_origin(exchange: Exchange, data: st.DataObject) -> None:
    record = exchange.record
    column = data.draw(st.sampled_from([record.accepted_ns, record.seen_ns, record.sent_ns]))
    place = data.draw(st.integers(0, len(column) - 1))
    column[place] = max(-1, column[place] + data.draw(st.sampled_from([-(10**18), *NEARBY])))


def status_sent(exchange: Exchange, data: st.DataObject) -> None:
    status = exchange.record.status
    status[data.draw(st.integers(0, len(status) - 1))] = data.draw(st.sampled_from([0, 302]))


def ping_reported(exchange: Exchange, data: st.DataObject) -> None:
    row = data.draw(st.sampled_from(exchange.rows))
    ping = data.draw(st.sampled_from(data.draw(st.sampled_from(row["pings"]))))
    place = data.draw(st.sampled_from([0, 2, 3, 4]))
    if place == 4:
        ping[2], ping[4] = data.draw(st.sampled_from([(9, 200), (None, "reset"), (10**9, 302)]))
    elif ping[place] is not None:
        far = data.draw(st.sampled_from([*NEARBY, 2**62]))
        ping[place] = min(max(0, ping[place] + far), 2**63 - 1)


def iteration_reported(exchange: Exchange, data: st.DataObject) -> None:
    row = data.draw(st.sampled_from(exchange.rows))
    row["start_ns"] = data.draw(st.sampled_from([0, 10**9 + STEP_NS, 2**63 - 1]))


NEARBY = [by * STEP_NS + more for by in (-9, -2, -1, 0, 1, 2, 9) for more in (-1, 0, 1)]
SOMEWHERE = [
    connection_of_another,
    moment_of_the_origin,
    status_sent,
    ping_reported,
    iteration_reported,
]
DECEITS = [
    extra_request, idle, reconnect, half_a_head, head_of_a_neighbour, skipped_request_when_warm
]  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(
    tasks(),
    st.lists(st.sampled_from(SOMEWHERE), max_size=4),
    st.lists(st.sampled_from(DECEITS), max_size=1),
    st.data(),
)
def test_it_finds_what_a_plain_one_finds_and_says_so_in_the_same_words(
    task: PingTask,
    changes: list[Callable[[Exchange, st.DataObject], None]],
    deceits: list[Callable[[Exchange], None]],
    data: st.DataObject,
) -> None:
    exchange = honest(task)
    if len(exchange.record.head) > 1:
        for deceit in deceits:
            deceit(exchange)
    for change in changes:
        change(exchange, data)
    found = {finding.rule: finding.seen for finding in exchange.judge().findings}
    assert found == plain_referee.findings(exchange)


def test_without_a_single_request_all_counts_are_broken_and_no_time_is() -> None:
    task = replace(CLOSE, iterations=1)
    exchange = honest(task)
    assert replace(exchange, record=Record()).broken() == ["W2", "W3"]


def test_a_refusing_site_is_due_neither_connection_nor_request() -> None:
    task = PingTask(
        sites=(SiteSpec(behaviour=Behaviour.REFUSE), SiteSpec()), chains=((0, 1),), iterations=1
    )
    exchange = honest(replace(task, chains=((1,),)))
    exchange.task, exchange.rows = task, []
    assert exchange.broken() == []
    exchange.request(0, LATE_NS)
    assert exchange.broken()[:2] == ["W2", "W3"]


def test_counts_that_differ_only_in_place_are_told_too() -> None:
    """As many requests as due, one of them at the wrong site of its chain."""
    exchange = honest(CLOSE)
    record = exchange.record
    last = record.connection[-1]
    record.connection_site[last] -= 1
    record.head[-1] = record.heads.index(due_head(exchange.plan, record.connection_site[last]))
    assert exchange.broken() == ["W3"]
