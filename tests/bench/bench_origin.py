"""What a ping costs the origin, and what reading and judging an invocation costs the harness.

Asserts no time, and so is no test; run it where the origin, the referee or a family changed:

    python -m pytest -p no:cacheprovider tests/bench/bench_origin.py
"""

import json
import pickle
import select
import socket
from collections.abc import Iterator
from typing import Any

import pytest

from benchmarks.families import WORKLOADS
from benchmarks.ping.origin.answers import answer_bytes
from benchmarks.ping.origin.plan import ConnectionMode, Plan, Record, Site
from benchmarks.ping.origin.server import Server
from benchmarks.ping.params import PingParams
from benchmarks.ping.record import PingFormat, rows_of
from benchmarks.ping.referee import due_head, judge
from runners.consistency import check_consistency
from runners.protocol import parse_object
from tests.benchmarks.ping.exchange import Exchange, honest

PINGS = 100
_PORT = 9753


@pytest.fixture(params=ConnectionMode, ids=str)
def served(request: pytest.FixtureRequest) -> Iterator[tuple[Server, Plan]]:
    """A server in this process, which a client can take turns with."""
    site = Site(address="127.77.0.1")
    plan = Plan(port=_PORT, path="/p", connection=request.param, sites=(site,), requests=10**7)
    with select.epoll() as epoll:
        server = Server(epoll, -1)
        server.open(plan)
        yield server, plan
        server.close()


def test_a_ping_as_both_sides_pay_for_it(benchmark: Any, served: tuple[Server, Plan]) -> None:
    """100 pings of a client on plain sockets, which pays for about half of it."""
    server, plan = served
    head, answer = due_head(plan, 0), answer_bytes(200, plan.connection)
    place = (plan.sites[0].address, plan.port)

    def pings() -> bytes:
        client = (
            socket.create_connection(place)
            if plan.connection is ConnectionMode.KEEP_ALIVE
            else None
        )
        said = b""
        for _ in range(PINGS):
            sock = client or socket.create_connection(place)
            sock.sendall(head)
            sock.setblocking(False)
            while not select.select([sock], [], [], 0)[0]:
                server.turn(1)
            said = sock.recv(4096)
            sock.setblocking(True)
            if client is None:
                sock.close()
        if client is not None:
            client.close()
        return said

    assert benchmark(pings) == answer


@pytest.fixture(scope="module")
def invocation() -> tuple[Exchange, list[bytes]]:
    """One invocation of `parallel` in the default profile."""
    (workload,) = [w for w in WORKLOADS if w.name == "parallel"]
    task = PingParams.of(workload.params).task(20)
    exchange = honest(task)
    return exchange, [json.dumps(row).encode() for row in exchange.rows]


def test_reading_an_invocation(benchmark: Any, invocation: tuple[Exchange, list[bytes]]) -> None:
    exchange, lines = invocation
    form = PingFormat(chains=exchange.task.chain_lengths)

    def read() -> object:
        rows = [form.parse(parse_object(line)) for line in lines]
        end = rows[-1].end_ns
        return check_consistency(rows, form=form, job_ns=0, first_record_ns=end)

    assert benchmark(read) is None


def test_judging_an_invocation(benchmark: Any, invocation: tuple[Exchange, list[bytes]]) -> None:
    exchange, _ = invocation
    rows, pings = rows_of(exchange.records()), exchange.pings()
    judgement = benchmark(lambda: judge(exchange.task, exchange.plan, pings, 0, rows))
    assert judgement.joined is not None and not judgement.findings


def test_handing_over_a_record(benchmark: Any, invocation: tuple[Exchange, list[bytes]]) -> None:
    """What the origin's record costs on its way over the socket pair."""
    record = invocation[0].record
    handed = benchmark(lambda: pickle.loads(pickle.dumps(record)))
    assert isinstance(handed, Record)
    assert handed == record
