"""What Node's ping programs make of sites that the origin does not play."""

import json
import shutil
import socket
import subprocess
import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager

import pytest

from runners.discovery import ROOT

pytestmark = pytest.mark.skipif(shutil.which("node") is None, reason="needs node")

PROGRAMS = ("ping-net.mjs", "ping-http.mjs", "ping-promise-chain.mjs")
END = b"\r\n\r\n"
STATUS_LINES = {
    b"HTTP/1.0 200 OK": 200,
    b"HTTP/1.1 404": 404,
    b"HTTP/1.1 599 ": 599,
    b"HTTP/1.1 600 OK": "protocol",
    b"HTTP/1.1 099 OK": "protocol",
    b"HTTP/1.1 20 OK": "protocol",
    b"HTTP/1.1 2000 OK": "protocol",
    b"HTTP/1.Z 200 OK": "protocol",
    b"HTTP/1.2 200 OK": "protocol",
    b"HTTP": "protocol",
}


@contextmanager
def site(answer: bytes) -> Iterator[str]:
    """Answer the first request of each connection, and close."""
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

    threading.Thread(target=serve, daemon=True).start()
    with closing(listener):
        yield f"127.0.0.1:{listener.getsockname()[1]}"
        listener.shutdown(socket.SHUT_RDWR)


def run(
    program: str, *chains: Sequence[str], files: int = 1024
) -> "subprocess.CompletedProcess[str]":
    """Have a program ping chains of sites once, with so many open files at most."""
    params = {"chains": chains, "path": "/x", "connection": "close", "timeout_ns": 10**9}
    job = {"family": "ping", "iterations": 1, "params": params}
    return subprocess.run(
        ["bash", "-c", f"ulimit -n {files} && exec node {program}"],
        cwd=ROOT / "node",
        input=f"{json.dumps(job)}\n",
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def statuses(program: str, *answers: bytes) -> list[int | str]:
    """Return what a program records of sites with these answers, in one chain."""
    with ExitStack() as sites:
        done = run(program, [sites.enter_context(site(answer)) for answer in answers])
    assert (done.returncode, done.stderr) == (0, "")
    (chain,) = json.loads(done.stdout.splitlines()[1])["pings"]
    return [ping[4] for ping in chain]


@pytest.mark.parametrize("program", PROGRAMS)
def test_one_rule_for_status_lines(program: str) -> None:
    answers = [line + END for line in STATUS_LINES]
    assert statuses(program, *answers) == list(STATUS_LINES.values())


def test_a_head_has_16_kib_at_most() -> None:
    start = b"HTTP/1.1 200 OK\r\nX: "
    fill = 16 * 1024 - len(start) - len(END)
    answers = (start + b"x" * length + END for length in (fill, fill + 1))
    assert statuses("ping-net.mjs", *answers) == [200, "protocol"]


@pytest.mark.parametrize("program", PROGRAMS)
def test_an_answer_that_changes_the_protocol_ends_its_ping(program: str) -> None:
    odd = b"HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x" + END
    status = 101 if program == "ping-net.mjs" else "protocol"
    assert statuses(program, odd, b"HTTP/1.1 204" + END) == [status, 204]


@pytest.mark.parametrize("program", PROGRAMS)
def test_what_is_no_trouble_of_the_network_ends_the_program(program: str) -> None:
    done = run(program, *([f"127.0.0.{number}:9"] for number in range(1, 41)), files=30)
    assert done.returncode == 1
    assert "EMFILE" in done.stderr
    assert '"done"' not in done.stdout
