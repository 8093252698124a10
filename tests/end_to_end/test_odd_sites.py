"""What Python's ping programs make of sites that the origin does not play."""

import json
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from importlib.util import find_spec

import pytest

from runners.discovery import ROOT

RAW = {
    "streams": ("ping_streams.py",),
    "protocol": ("ping_protocol.py",),
    "streams-uvloop": ("ping_streams.py", "--uvloop"),
}
PROGRAMS = {
    **RAW,
    "httpx": ("ping_httpx.py",),
    "httpx-uvloop": ("ping_httpx.py", "--uvloop"),
    "aiohttp": ("ping_aiohttp.py",),
}
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
STATUS_LINES = {
    b"HTTP/1.0 200 OK": 200,
    b"HTTP/1.1 404": 404,
    b"HTTP/1.1 599 ": 599,
    b"HTTP/1.1 600 OK": "protocol",
    b"HTTP/1.1 099 OK": "protocol",
    b"HTTP/1.1 20 OK": "protocol",
    b"HTTP/1.1 2000 OK": "protocol",
    b"HTTP/1.1  200 OK": "protocol",
    b"HTTP/1.Z 200 OK": "protocol",
    b"HTTP/2.0 200 OK": "protocol",
    b"HTTP": "protocol",
}

Answer = Callable[[socket.socket], None]
LIMITED = 'ulimit -n "$1"; shift; exec "$@"'


def reset(connection: socket.socket) -> None:
    """Have the connection end by a reset."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")


@contextmanager
def site(answer: bytes, then: Answer = lambda _: None) -> Iterator[str]:
    """Answer each connection's first request, do what is asked for `then`, and close."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with connection:
                connection.recv(4096)
                connection.sendall(answer)
                then(connection)

    threading.Thread(target=serve, daemon=True).start()
    with closing(listener):
        yield f"127.0.0.1:{listener.getsockname()[1]}"
        listener.shutdown(socket.SHUT_RDWR)


def run(
    program: str, *chains: Sequence[str], connection: str = "close", files: int = 1024
) -> "subprocess.CompletedProcess[str]":
    """Have a program ping chains of sites once, with so many open files at most."""
    for module in ("uvloop", "aiohttp"):
        if module in program and find_spec(module) is None:
            pytest.skip(f"needs {module}")
    params = {"chains": chains, "path": "/x", "connection": connection, "timeout_ns": 10**9}
    job = {"family": "ping", "iterations": 1, "params": params}
    return subprocess.run(
        ["bash", "-c", LIMITED, "bash", str(files), sys.executable, *PROGRAMS[program]],
        cwd=ROOT / "python",
        input=f"{json.dumps(job)}\n",
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def statuses_of_chain(done: "subprocess.CompletedProcess[str]") -> list[int | str]:
    """Return the status of each ping of the only chain."""
    assert (done.returncode, done.stderr) == (0, "")
    (chain,) = json.loads(done.stdout.splitlines()[1])["pings"]
    return [ping[4] for ping in chain]


@pytest.mark.parametrize("program", RAW)
def test_one_rule_for_status_lines(program: str) -> None:
    with ExitStack() as open_sites:
        answers = [line + b"\r\nContent-Length: 0\r\n\r\n" for line in STATUS_LINES]
        sites = [open_sites.enter_context(site(answer)) for answer in answers]
        assert statuses_of_chain(run(program, sites)) == list(STATUS_LINES.values())


@pytest.mark.parametrize("program", RAW)
def test_a_head_has_16_kib_at_most(program: str) -> None:
    start, end = b"HTTP/1.1 200 OK\r\nX: ", b"\r\n\r\n"
    fill = 16 * 1024 - len(start) - len(end)
    with site(start + b"x" * fill + end) as most, site(start + b"x" * (fill + 1) + end) as more:
        assert statuses_of_chain(run(program, [most, more])) == [200, "protocol"]


@pytest.mark.parametrize("end", [lambda _: None, reset], ids=["close", "reset"])
@pytest.mark.parametrize("program", PROGRAMS)
def test_a_kept_connection_that_the_site_ended_is_reset_or_made_anew(
    program: str, end: Answer
) -> None:
    with site(OK, end) as name, site(OK, end) as other:
        first, _, again, _ = statuses_of_chain(
            run(program, [name, other] * 2, connection="keep-alive")
        )
    assert (first, again) in {(200, "reset"), (200, 200)}


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_site_that_does_not_accept_is_a_timeout(program: str) -> None:
    with ExitStack() as opened:
        full = opened.enter_context(socket.create_server(("127.0.0.1", 0), backlog=0))
        for _ in range(3):
            waiting = opened.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(full.getsockname())
        name = f"127.0.0.1:{full.getsockname()[1]}"
        assert statuses_of_chain(run(program, [name, name])) == ["timeout", "timeout"]


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_name_that_is_not_found_is_refused(program: str) -> None:
    assert statuses_of_chain(run(program, ["no-such-name.invalid"])) == ["refused"]


@pytest.mark.parametrize("program", PROGRAMS)
def test_too_few_open_files_are_no_failure_of_a_site(program: str) -> None:
    with site(b"", lambda _: time.sleep(1)) as name:
        done = run(program, *[[name]] * 40, files=20)
    assert done.returncode == 1
    assert "Too many open files" in done.stderr
