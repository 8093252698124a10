"""Live mode where no site answers: no time is shown, and the exit status says so."""

import socket
from collections.abc import Iterator

import pytest

from tests.fakes.command_line import CommandLine
from tests.fakes.folder import make_fake


@pytest.fixture
def closed_port() -> Iterator[int]:
    """A port that refuses: taken, and nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield taken.getsockname()[1]


def test_where_every_ping_failed_there_is_no_time_but_status_1(
    command_line: CommandLine, closed_port: int
) -> None:
    folder = make_fake(command_line.home)
    site = f"127.0.0.1:{closed_port}"
    done = command_line.do(
        "run", "--profile", "quick", "--runner", folder, "--contender", "honest", "--sites", site
    )
    assert done.status == 1, done
    rows = [line for line in done.out.splitlines() if line.startswith("│")]
    assert any("failed" in row for row in rows) and any("6 of 6 pings" in row for row in rows)
    assert not any(" ms" in row or " µs" in row for row in rows)
