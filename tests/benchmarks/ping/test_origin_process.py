"""The origin's process: plans one after another, ports and addresses, and its end."""

import errno
import os
import random
import resource
import socket
import subprocess
import sys
from contextlib import ExitStack, suppress
from itertools import islice
from pathlib import Path

import psutil
import pytest

from benchmarks.ping.origin import handle
from benchmarks.ping.origin.answers import answer_bytes
from benchmarks.ping.origin.handle import Origin
from benchmarks.ping.origin.plan import Behaviour, ConnectionMode
from benchmarks.ping.origin.ports import addresses, candidate_ports
from results.errors import OriginLostError, RefusedError
from tests.benchmarks.ping.clients import OK, Client, plan_of


def test_a_plan_begins_with_an_empty_record_and_a_fresh_path(origin: Origin) -> None:
    first = plan_of(origin, Behaviour.ANSWER)
    with Client(first) as client:
        client.ask()
    assert len(origin.collect().seen_ns) == 1
    second = plan_of(origin, Behaviour.ANSWER)
    with Client(second) as client:
        foreign = client.head.replace(second.path.encode(), first.path.encode())
        assert client.ask(foreign) == answer_bytes(404, ConnectionMode.CLOSE)
    assert origin.collect().status == [404]


def test_sites_are_closed_with_their_plan(origin: Origin) -> None:
    plan = plan_of(origin, Behaviour.ANSWER)
    origin.collect()
    with pytest.raises(ConnectionRefusedError):
        Client(plan)


def test_a_port_that_is_taken_is_passed_over(
    origin: Origin, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket() as other:
        other.bind(("0.0.0.0", 0))
        other.listen()
        taken = other.getsockname()[1]
        monkeypatch.setattr(origin, "_port", taken)
        plan = plan_of(origin, Behaviour.ANSWER, Behaviour.ANSWER)
        assert plan.port != taken
        with Client(plan, 1) as client:
            assert client.ask() == OK
    origin.collect()


def test_ports_lie_outside_the_ephemeral_range() -> None:
    text = Path("/proc/sys/net/ipv4/ip_local_port_range").read_text()
    low, high = map(int, text.split())
    ports = list(candidate_ports(random.Random(1)))
    assert len(ports) == len(set(ports))
    assert not set(ports) & set(range(low, high + 1)) or (low, high) == (10_000, 65_535)


def test_addresses_never_repeat_and_are_loopback() -> None:
    found = list(islice(addresses(), 200_000))
    assert len(set(found)) == len(found)
    assert found[:2] == ["127.1.0.1", "127.1.0.2"]
    assert not [
        a for a in found if not a.startswith("127.") or a.rpartition(".")[2] in ("0", "255")
    ]


def test_no_address_is_given_twice(origin: Origin) -> None:
    given = origin.fresh_addresses(100) + origin.fresh_addresses(100)
    assert len(set(given)) == 200


def test_an_origin_that_died_is_told() -> None:
    with Origin() as origin:
        os.kill(origin.pid, 9)
        with pytest.raises(OriginLostError, match="ended in the middle"):
            plan_of(origin, Behaviour.ANSWER)


def test_an_origin_that_no_longer_answers_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handle, "_ANSWER_LIMIT_S", 0.02)
    with Origin() as origin:
        os.kill(origin.pid, 19)  # SIGSTOP
        with pytest.raises(OriginLostError, match="has not answered"):
            plan_of(origin, Behaviour.ANSWER)
        os.kill(origin.pid, 18)  # SIGCONT


def test_the_origin_ends_when_its_harness_is_killed(subreaper: None, repository: Path) -> None:
    script = (
        "import os\nfrom benchmarks.ping.origin.handle import Origin\n"
        "with Origin() as origin:\n    print(origin.pid, flush=True)\n    os.kill(os.getpid(), 9)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=repository,
        stdout=subprocess.PIPE,
        timeout=300,
        check=False,
    )
    assert psutil.Process(int(done.stdout)).wait(20) == 0


def leave_descriptors(origin: Origin, count: int) -> tuple[int, int]:
    """Let the origin open `count` descriptors more, and return its limits of before."""
    taken = {int(name) for name in os.listdir(f"/proc/{origin.pid}/fd")}
    free = (number for number in range(10_000) if number not in taken)
    hard = resource.prlimit(origin.pid, resource.RLIMIT_NOFILE)[1]
    limit = next(islice(free, count, None))
    return resource.prlimit(origin.pid, resource.RLIMIT_NOFILE, (limit, hard))


def test_an_origin_that_runs_out_of_descriptors_is_the_machine_s_trouble(origin: Origin) -> None:
    plan = plan_of(origin, Behaviour.ANSWER, Behaviour.ANSWER)
    old = leave_descriptors(origin, 0)
    with suppress(ConnectionResetError), Client(plan) as client:  # it may be reset in connecting
        assert client.rest() == b""  # closed at once: no program is to wait for its deadlines
    with pytest.raises(RefusedError, match=r"The origin cannot go on serving \(Too many open"):
        origin.collect()
    with pytest.raises(RefusedError, match=r"The origin cannot listen on loopback \(Too many open"):
        plan_of(origin, *[Behaviour.ANSWER] * 9)
    resource.prlimit(origin.pid, resource.RLIMIT_NOFILE, old)
    with Client(plan_of(origin, Behaviour.ANSWER)) as client:
        assert client.ask() == OK
    assert origin.collect().status == [200]


def test_a_loopback_without_its_addresses_is_told_with_the_cure(
    origin: Origin, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(origin, "fresh_addresses", lambda count: ["192.0.2.1"] * count)
    with pytest.raises(RefusedError, match="must be up and have 127.0.0.1/8"):
        origin.insist_on_reach()


def test_a_program_that_takes_all_descriptors_from_the_origin_answers_for_it(
    origin: Origin,
) -> None:
    plan = plan_of(origin, Behaviour.ANSWER)
    old = leave_descriptors(origin, 3)
    with ExitStack() as stack:
        for _ in range(4):  # a site is due one at a time
            with suppress(ConnectionResetError):  # the fourth, which finds no descriptor left
                stack.enter_context(Client(plan))
        assert len(origin.collect().accepted_ns) == 3
    resource.prlimit(origin.pid, resource.RLIMIT_NOFILE, old)


def test_an_origin_that_answers_is_in_reach(origin: Origin) -> None:
    origin.insist_on_reach()


def test_an_origin_out_of_reach_is_told_before_any_program_is_blamed(
    origin: Origin, monkeypatch: pytest.MonkeyPatch
) -> None:
    def filtered(*_: object) -> socket.socket:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(socket, "create_connection", filtered)
    with pytest.raises(RefusedError, match=r"cannot be reached at 127\..* \(Operation not permit"):
        origin.insist_on_reach()
