"""Sites of our own, and a ping program of any language that asks them, by the contract alone."""

import json
import socket
import subprocess
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager

from tests.end_to_end.programs import tell

RAW = (
    *("python/streams", "python/protocol", "python/streams-uvloop", "csharp/socket", "node/net"),
    *("c/epoll", "go/net", "java/socket", "rust/tokio"),
    *("bun/connect", "bun/net", "deno/connect", "deno/net"),
)
OF_NODE = ("node/http", "node/promise-chain")
OF_OTHERS = ("bun/http", "deno/http")
PROGRAMS = (
    *RAW,
    *(
        "python/httpx",
        "python/httpx-uvloop",
        "python/aiohttp",
        "csharp/httpclient",
        "go/http",
        "java/httpclient",
        "rust/hyper",
    ),
    *OF_NODE,
    *OF_OTHERS,
)
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"

Answer = Callable[[socket.socket], None]
LIMITED = 'ulimit -n "$1"; shift; exec "$@"'


def nothing(_: socket.socket) -> None:
    """Do nothing with a connection."""


def reset(connection: socket.socket) -> None:
    """Have the connection end by a reset."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")


def stay_silent(connection: socket.socket) -> None:
    """Keep a connection until the program closes it."""
    connection.recv(1)


@contextmanager
def site(
    answer: bytes,
    then: Answer = nothing,
    before: Answer = nothing,
    family: socket.AddressFamily = socket.AF_INET,
) -> Iterator[str]:
    """Answer each connection's first request, with what is asked for `before` and `then`; close."""
    host = "[::1]" if family == socket.AF_INET6 else "127.0.0.1"
    listener = socket.create_server((host.strip("[]"), 0), family=family)

    def serve() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with connection:
                connection.recv(4096)
                before(connection)
                connection.sendall(answer)
                then(connection)

    threading.Thread(target=serve, daemon=True).start()
    with closing(listener):
        yield f"{host}:{listener.getsockname()[1]}"
        listener.shutdown(socket.SHUT_RDWR)


def run(
    program: str,
    *chains: Sequence[str],
    connection: str = "close",
    timeout_s: int = 1,
    files: int = 1024,
) -> "subprocess.CompletedProcess[str]":
    """Have a program ping chains of sites once, with so many open files at most."""
    timeout_ns = timeout_s * 10**9
    params = {"chains": chains, "path": "/x", "connection": connection, "timeout_ns": timeout_ns}
    job = {"family": "ping", "iterations": 1, "params": params}
    return tell(program, json.dumps(job), "bash", "-c", LIMITED, "bash", str(files))


def statuses(done: "subprocess.CompletedProcess[str]") -> list[list[int | str]]:
    """Return the status of each ping, chain by chain."""
    assert (done.returncode, done.stderr) == (0, "")
    return [
        [ping[4] for ping in chain] for chain in json.loads(done.stdout.splitlines()[1])["pings"]
    ]


def statuses_of_chain(done: "subprocess.CompletedProcess[str]") -> list[int | str]:
    """Return the status of each ping of the only chain."""
    (chain,) = statuses(done)
    return chain
