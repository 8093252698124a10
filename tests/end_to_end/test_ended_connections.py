"""What the ping programs of all languages make of connections that sites end."""

import json
import os
import random
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress

import pytest

from tests.end_to_end.programs import start
from tests.end_to_end.sites import (
    OK,
    PROGRAMS,
    Answer,
    nothing,
    reset,
    run,
    site,
    statuses,
    statuses_of_chain,
    stay_silent,
)


@pytest.mark.parametrize("how", [nothing, reset], ids=["close", "reset"])
@pytest.mark.parametrize("program", PROGRAMS)
def test_a_kept_connection_that_the_site_ended_is_reset_or_made_anew(
    program: str, how: Answer
) -> None:
    ended = threading.Event()

    def end(connection: socket.socket) -> None:
        how(connection)
        connection.close()
        ended.set()

    # The others answer once it ended, one after another: every loop has seen it before it asks again.
    def after_end(_: socket.socket) -> None:
        ended.wait(60)

    with site(OK, end) as name, site(OK, before=after_end) as other, site(OK) as third:
        first, *_, again = statuses_of_chain(
            run(program, [name, other, third, name], connection="keep-alive")
        )
    assert (first, again) in {(200, "reset"), (200, 200)}


@pytest.mark.parametrize(
    ("how", "failure"),
    [(nothing, "reset"), (reset, "reset"), (stay_silent, "timeout")],
    ids=["close", "reset", "silence"],
)
@pytest.mark.parametrize("program", PROGRAMS)
def test_what_was_asked_on_a_kept_connection_is_not_asked_again(
    program: str, how: Answer, failure: str
) -> None:
    def read_and_end(connection: socket.socket) -> None:
        connection.recv(4096)
        how(connection)

    with site(OK, read_and_end) as name:
        done = run(program, [name] * 2, connection="keep-alive")
    assert statuses_of_chain(done) == [200, failure]


@pytest.mark.parametrize("how", [nothing, reset], ids=["close", "reset"])
@pytest.mark.parametrize("program", PROGRAMS)
def test_an_end_within_a_head_is_a_reset(program: str, how: Answer) -> None:
    with site(b"HTTP/1.", how) as early, site(b"HTTP/1.1 200 OK\r\nCont", how) as late:
        assert statuses_of_chain(run(program, [early, late])) == ["reset", "reset"]


@pytest.mark.parametrize("connection", ["keep-alive", "close"])
@pytest.mark.parametrize("program", PROGRAMS)
def test_an_end_at_any_moment_ends_no_program(program: str, connection: str) -> None:
    moments = random.Random(program)

    def end_soon(of: socket.socket) -> None:
        time.sleep(moments.uniform(0, 0.003))
        if moments.random() < 0.5:
            reset(of)

    with ExitStack() as open_sites:
        names = [open_sites.enter_context(site(OK, end_soon)) for _ in range(8)]
        chains = [[name] * 120 for name in names]
        done = run(program, *chains, connection=connection, timeout_s=60)
    assert {status for chain in statuses(done) for status in chain} <= {200, "reset"}


@contextmanager
def stopped(process: "subprocess.Popen[str]") -> Iterator[None]:
    """Stop a process, so that it sees at once all that happens meanwhile."""
    process.send_signal(signal.SIGSTOP)
    os.waitid(os.P_PID, process.pid, os.WSTOPPED)
    yield
    process.send_signal(signal.SIGCONT)


def keep_answering(listener: socket.socket) -> None:
    """Answer all requests of one connection after the other."""
    with suppress(OSError):
        while True:
            with listener.accept()[0] as connection:
                while connection.recv(4096):
                    connection.sendall(OK)


@pytest.mark.parametrize("program", PROGRAMS)
def test_an_end_that_came_with_another_answer_is_not_the_next_connection_s(program: str) -> None:
    how = start(program)
    with ExitStack() as opened:
        first, second = (opened.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in "12")
        one, two = (f"127.0.0.1:{listener.getsockname()[1]}" for listener in (first, second))
        chains = [[one, two, one, one]]
        params = {
            "chains": chains,
            "path": "/x",
            "connection": "keep-alive",
            "timeout_ns": 10**10,
        }
        process = opened.enter_context(
            subprocess.Popen(
                how.argv,
                cwd=how.folder,
                env=how.environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
        )
        opened.callback(process.kill)
        assert process.stdin and process.stdout
        json.dump({"family": "ping", "iterations": 2, "params": params}, process.stdin)
        print(file=process.stdin, flush=True)
        kept = opened.enter_context(first.accept()[0])
        kept.recv(4096)
        kept.sendall(OK)
        other = opened.enter_context(second.accept()[0])
        other.recv(4096)
        with stopped(process):
            other.sendall(OK)
            reset(kept)
            kept.close()
        threading.Thread(target=keep_answering, args=[first], daemon=True).start()
        process.stdin.close()
        while other.recv(4096):
            other.sendall(OK)
        records = map(json.loads, process.stdout.readlines()[1:3])
        statuses = [ping[4] for record in records for ping in record["pings"][0]]
    assert statuses[2] in {200, "reset"}
    assert statuses[:2] + statuses[3:] == [200] * 7
