"""What the ping programs of all languages make of sites that the origin does not play."""

import re
import socket
import time
from contextlib import ExitStack

import pytest

from tests.end_to_end.sites import (
    OF_NODE,
    OF_OTHERS,
    OK,
    PROGRAMS,
    RAW,
    run,
    site,
    statuses_of_chain,
)

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
ODD_HEADERS = (
    *(b"Content-Length: abc", b"Content-Length: -5", b"Content-Length: 99999999999999999999"),
    *(b"Content-Length: 1\r\nContent-Length: 2", b"Transfer-Encoding: nonsense", b"no colon"),
)
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


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_header_that_makes_no_sense_ends_no_program(program: str) -> None:
    with ExitStack() as open_sites:
        answers = [b"HTTP/1.1 200 OK\r\n" + header + END for header in ODD_HEADERS]
        sites = [open_sites.enter_context(site(answer)) for answer in answers]
        assert set(statuses_of_chain(run(program, sites))) <= {200, "protocol"}


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
