"""What the ping programs of all languages make of sites that the origin does not play."""

import json
import re
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from functools import cache

import pytest

from runners.discovery import discover
from runners.roster import Ready, all_contenders, prepare_all, start_of
from runners.spawning import Start

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
END = b"\r\n\r\n"
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
    b"HTTP/1.2 200 OK": "protocol",
    b"HTTP/2.0 200 OK": "protocol",
    b"HTTP": "protocol",
}
# node:http takes blanks and another first digit (docs/programs.md).
OF_NODES_LIBRARY = {
    line: status
    for line, status in STATUS_LINES.items()
    if line not in (b"HTTP/1.1  200 OK", b"HTTP/2.0 200 OK")
}
# Open files that let a runtime start, fewer than 40 connections take, and what it then says. Not .NET:
# that takes over a hundred to start, and says only that it is out of memory. Nor Bun, which calls
# it a refused connection, as if it had asked the site.
FEW_FILES = {
    "python": (20, "Too many open files"),
    "node": (30, "EMFILE"),
    "c": (20, "Too many open files"),
    "go": (20, "too many open files"),
    "java": (30, "Too many open files"),
    "deno": (40, "EMFILE|Too many open files"),
    "rust": (20, "Too many open files"),
}

Answer = Callable[[socket.socket], None]
LIMITED = 'ulimit -n "$1"; shift; exec "$@"'


def nothing(_: socket.socket) -> None:
    """Do nothing with a connection."""


def reset(connection: socket.socket) -> None:
    """Have the connection end by a reset."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")


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


@cache
def start(program: str) -> Start:
    """Build what a program needs, and return how to start it; skip where that is not here."""
    found = discover()
    contender = all_contenders(found)[program]
    ready = prepare_all(found, {}, [contender])[contender.runner]
    if not isinstance(ready, Ready):
        pytest.skip(f"{program}: {ready.reason}")
    if (lacks := ready.left_out.get(program)) is not None:
        pytest.skip(lacks.reason)
    return start_of(ready, contender)


def run(
    program: str, *chains: Sequence[str], connection: str = "close", files: int = 1024
) -> "subprocess.CompletedProcess[str]":
    """Have a program ping chains of sites once, with so many open files at most."""
    how = start(program)
    params = {"chains": chains, "path": "/x", "connection": connection, "timeout_ns": 10**9}
    job = {"family": "ping", "iterations": 1, "params": params}
    return subprocess.run(
        ["bash", "-c", LIMITED, "bash", str(files), *how.argv],
        cwd=how.folder,
        env=dict(how.environment),
        input=f"{json.dumps(job)}\n",
        capture_output=True,
        text=True,
        timeout=300,
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


@pytest.mark.parametrize("program", [*OF_NODE, *OF_OTHERS])
def test_node_s_library_has_the_same_rule_but_for_what_is_told(program: str) -> None:
    with ExitStack() as open_sites:
        answers = [line + END for line in OF_NODES_LIBRARY]
        sites = [open_sites.enter_context(site(answer)) for answer in answers]
        assert statuses_of_chain(run(program, sites)) == list(OF_NODES_LIBRARY.values())


@pytest.mark.parametrize("program", ["node/net", *OF_NODE, "bun/net", "deno/net", *OF_OTHERS])
def test_an_answer_that_changes_the_protocol_ends_its_ping(program: str) -> None:
    odd = b"HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x" + END
    status = 101 if program in RAW else "protocol"
    with site(odd) as upgrading, site(b"HTTP/1.1 204" + END) as plain:
        assert statuses_of_chain(run(program, [upgrading, plain])) == [status, 204]


@pytest.mark.parametrize("program", RAW)
def test_a_head_has_16_kib_at_most(program: str) -> None:
    start, end = b"HTTP/1.1 200 OK\r\nX: ", b"\r\n\r\n"
    fill = 16 * 1024 - len(start) - len(end)
    with site(start + b"x" * fill + end) as most, site(start + b"x" * (fill + 1) + end) as more:
        assert statuses_of_chain(run(program, [most, more])) == [200, "protocol"]


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
def test_an_address_may_be_of_ipv6(program: str) -> None:
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError as error:
        pytest.skip(f"This machine has no IPv6 loopback: {error.strerror}.")
    with site(OK, family=socket.AF_INET6) as name:
        assert statuses_of_chain(run(program, [name])) == [200]


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_name_that_is_not_found_is_refused(program: str) -> None:
    assert statuses_of_chain(run(program, ["no-such-name.invalid"])) == ["refused"]


@pytest.mark.parametrize("program", [p for p in PROGRAMS if p.partition("/")[0] in FEW_FILES])
def test_too_few_open_files_are_no_failure_of_a_site(program: str) -> None:
    files, said = FEW_FILES[program.partition("/")[0]]
    with site(b"", lambda _: time.sleep(1)) as name:
        done = run(program, *[[name]] * 40, files=files)
    assert done.returncode == 1
    assert re.search(said, done.stderr)
    assert '"done"' not in done.stdout
