"""The origin: what each site does with a request, and what is recorded of it."""

import select
import socket
import threading

import pytest

from benchmarks.ping.origin import server as server_module
from benchmarks.ping.origin.answers import answer_bytes
from benchmarks.ping.origin.handle import Origin
from benchmarks.ping.origin.plan import Behaviour, ConnectionMode, Plan, Site
from benchmarks.ping.origin.server import HEAD_LIMIT, Server
from tests.benchmarks.ping.clients import OK, Client, plan_of

GARBLE = b"NOT AN HTTP ANSWER\r\n\r\n"


def test_an_answer_is_the_contract_s_bytes() -> None:
    assert answer_bytes(200, ConnectionMode.CLOSE) == OK
    assert answer_bytes(302, ConnectionMode.KEEP_ALIVE) == (
        b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: /\r\nConnection: keep-alive\r\n\r\n"
    )


def test_a_request_is_answered_closed_and_recorded(origin: Origin) -> None:
    plan = plan_of(origin, Behaviour.ANSWER, Behaviour.ANSWER)
    with Client(plan, 1) as client:
        assert (client.ask(), client.rest()) == (OK, b"")
    record = origin.collect()
    assert (record.connection_site, record.connection, record.head) == ([1], [0], [0])
    assert (record.heads, record.status, record.coalesced) == ([client.head], [200], [False])
    assert (record.incomplete, record.unrecorded) == ([], 0)
    assert 0 < record.accepted_ns[0] <= record.seen_ns[0] <= record.sent_ns[0]


def test_with_keep_alive_one_connection_carries_all(origin: Origin) -> None:
    plan = plan_of(origin, Behaviour.ANSWER, connection=ConnectionMode.KEEP_ALIVE)
    with Client(plan) as client:
        assert [client.ask() for _ in range(3)] == [
            answer_bytes(200, ConnectionMode.KEEP_ALIVE)
        ] * 3
        record = origin.collect()
    assert (record.connection_site, record.connection) == ([0], [0, 0, 0])
    assert (record.heads, record.head) == ([client.head], [0, 0, 0])


@pytest.mark.parametrize(
    ("behaviour", "status", "answer"),
    [
        (Behaviour.REDIRECT, 302, answer_bytes(302, ConnectionMode.CLOSE)),
        (Behaviour.LATE_CLOSE, 200, OK),
        (Behaviour.GARBLE, 0, GARBLE),
        (Behaviour.CLOSE, 0, b""),
    ],
)
def test_a_site_does_what_its_behaviour_says(
    origin: Origin, behaviour: Behaviour, status: int, answer: bytes
) -> None:
    plan = plan_of(origin, behaviour)
    with Client(plan) as client:
        client.send()
        assert client.rest() == answer
    record = origin.collect()
    assert record.status == [status]
    assert (record.sent_ns[0] == -1) == (answer == b"")


@pytest.mark.parametrize("delay_ns", [0, 1_000_000])
def test_a_reset_is_a_reset(origin: Origin, delay_ns: int) -> None:
    plan = plan_of(origin, Behaviour.RESET, delay_ns=delay_ns)
    with Client(plan) as client:
        client.send()
        with pytest.raises(ConnectionResetError):
            client.receive()
    assert origin.collect().status == [0]


def test_nobody_listens_where_a_site_refuses(origin: Origin) -> None:
    plan = plan_of(origin, Behaviour.REFUSE, Behaviour.ANSWER)
    with pytest.raises(ConnectionRefusedError):
        Client(plan, 0)
    with Client(plan, 1) as client:
        assert client.ask() == OK


def test_a_silent_site_says_nothing_and_keeps_the_connection(origin: Origin) -> None:
    plan = plan_of(origin, Behaviour.SILENT)
    with Client(plan) as client:
        client.send()
        client.socket.settimeout(0.02)
        with pytest.raises(TimeoutError):
            client.receive()
    record = origin.collect()
    assert (record.status, record.sent_ns) == ([0], [-1])


def test_a_late_close_comes_after_its_delay(origin: Origin) -> None:
    plan = plan_of(origin, Behaviour.LATE_CLOSE, close_delay_ns=10_000_000)
    with Client(plan) as client:
        assert client.ask() == OK
        client.socket.setblocking(False)
        with pytest.raises(BlockingIOError):
            client.receive()
        client.socket.settimeout(10)
        assert client.rest() == b""
    origin.collect()


@pytest.mark.parametrize("delay_ns", [50_000, 1_000_000, 5_000_000])
def test_no_answer_comes_before_its_delay_is_over(origin: Origin, delay_ns: int) -> None:
    plan = plan_of(origin, *[Behaviour.ANSWER] * 3, delay_ns=delay_ns)
    for site in range(3):
        with Client(plan, site) as client:
            assert client.ask() == OK
    record = origin.collect()
    given = [sent - seen for seen, sent in zip(record.seen_ns, record.sent_ns, strict=True)]
    assert [delay_ns <= one for one in given] == [True] * 3


def test_held_requests_are_answered_when_all_are_in_flight(origin: Origin) -> None:
    plan = plan_of(origin, *[Behaviour.HOLD] * 3, hold=3)
    with Client(plan, 0) as one, Client(plan, 1) as two, Client(plan, 2) as three:
        for client in (one, two):
            client.send()
            client.socket.setblocking(False)
            with pytest.raises(BlockingIOError):
                client.receive()
            client.socket.settimeout(10)
        assert [three.ask(), one.receive(), two.receive()] == [OK] * 3
    record = origin.collect()
    assert min(record.sent_ns) >= max(record.seen_ns)


def test_only_a_connection_that_says_nothing_for_long_is_closed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(server_module, "_SWEEP_NS", 0)
    monkeypatch.setattr(server_module, "IDLE_LIMIT_NS", 10**15)
    server, plan = server_of_our_own(Behaviour.ANSWER, ConnectionMode.KEEP_ALIVE)
    with Client(plan) as silent, Client(plan) as client:
        asking = threading.Thread(target=client.ask)
        asking.start()
        while asking.is_alive():
            server.turn(0.01)
        connections = {c.index: c for c in server._connections.values()}
        assert len(connections) == 2
        quiet, heard = (connections[i].last_ns for i in (0, 1))
        assert quiet < heard
        # Between the two: the first has been idle for too long then, the second has not.
        now = heard + 1
        monkeypatch.setattr(server_module, "IDLE_LIMIT_NS", now - (quiet + heard) // 2)
        server._sweep(now)
        assert [c.index for c in server._connections.values()] == [1]
        assert silent.rest() == b""
    server.close()


def test_a_held_request_is_given_up_in_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    wait_ns = 5_000_000
    # The limit of 2 s is shortened.
    monkeypatch.setattr(server_module, "HOLD_LIMIT_NS", wait_ns)
    server, plan = server_of_our_own(Behaviour.HOLD, ConnectionMode.CLOSE, hold=2)
    answers: list[bytes] = []
    with Client(plan) as client:
        asking = threading.Thread(target=lambda: answers.append(client.ask()))
        asking.start()
        while asking.is_alive():
            server.turn(0.01)
    record = server.close()
    assert answers == [answer_bytes(504, ConnectionMode.CLOSE)]
    assert (record.status, record.sent_ns[0] - record.seen_ns[0] >= wait_ns) == ([504], True)


def server_of_our_own(
    behaviour: Behaviour, connection: ConnectionMode, *, hold: int = 0
) -> tuple[Server, Plan]:
    """A server in this process, whose limits a test can change, with one site open."""
    server = Server(select.epoll(), -1)
    site = Site(address="127.0.0.1", behaviour=behaviour)
    plan = Plan(
        port=free_port(), path="/p", connection=connection, sites=(site,), requests=1, hold=hold
    )
    server.open(plan)
    return server, plan


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    assert isinstance(port, int)
    return port


def test_an_unknown_path_is_answered_404_and_counted(origin: Origin) -> None:
    plan = plan_of(origin, Behaviour.ANSWER)
    head = b"HEAD / HTTP/1.1\r\nHost: x\r\n\r\n"
    with Client(plan) as client:
        assert client.ask(head) == answer_bytes(404, ConnectionMode.CLOSE)
    record = origin.collect()
    assert (record.status, record.heads) == ([404], [head])


def test_a_head_may_come_in_pieces(origin: Origin) -> None:
    plan = plan_of(origin, Behaviour.ANSWER)
    with Client(plan) as client:
        client.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for byte in client.head:
            client.send(bytes([byte]))
        assert client.receive() == OK
    record = origin.collect()
    assert (record.heads, record.coalesced) == ([client.head], [False])


def test_half_a_request_is_kept_as_incomplete(origin: Origin) -> None:
    plan = plan_of(origin, Behaviour.ANSWER)
    with Client(plan) as left, Client(plan) as stays:
        left.send(left.head[:10])
        left.socket.shutdown(socket.SHUT_WR)
        assert left.rest() == b""
        stays.send(stays.head[:12])
        record = origin.collect()
    assert record.incomplete == [(0, left.head[:10]), (1, stays.head[:12])]
    assert record.seen_ns == []


def test_an_oversized_head_is_answered_431(origin: Origin) -> None:
    plan = plan_of(origin, Behaviour.ANSWER)
    with Client(plan) as client:
        client.send(b"H" * (HEAD_LIMIT + 1))
        assert client.receive() == answer_bytes(431, ConnectionMode.CLOSE)
    assert origin.collect().status == [431]


def test_two_heads_in_one_read_are_told(origin: Origin) -> None:
    plan = plan_of(origin, Behaviour.ANSWER, connection=ConnectionMode.KEEP_ALIVE)
    with Client(plan) as client:
        client.send(client.head + client.head)
        client.receive()
        record = origin.collect()
    assert (record.coalesced, record.status) == ([False, True], [200, 200])


def test_an_idle_connection_is_recorded(origin: Origin) -> None:
    plan = plan_of(origin, Behaviour.ANSWER)
    with Client(plan):
        record = origin.collect()
    assert (record.connection_site, record.connection) == ([0], [])


def test_a_record_survives_resets_of_the_client(origin: Origin) -> None:
    plan = plan_of(origin, Behaviour.ANSWER, Behaviour.RESET, delay_ns=2_000_000)
    for site in (0, 1):
        client = Client(plan, site)
        client.send()
        client.reset()
    with Client(plan, 0) as last:
        assert last.ask() == OK
    record = origin.collect()
    assert record.connection_site[-1] == 0
    assert record.status[-1] == 200


def test_what_is_recorded_of_a_flood_is_bounded(origin: Origin) -> None:
    plan = plan_of(origin, Behaviour.ANSWER, requests=2)
    for _ in range(9):
        with Client(plan) as client:
            try:
                client.send()
                client.rest()
            except ConnectionError:
                continue
    record = origin.collect()
    assert len(record.accepted_ns) <= 5
    assert len(record.accepted_ns) + record.unrecorded == 9
