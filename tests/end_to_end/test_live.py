"""Live mode with the programs that ship: a site may be an IPv6 address."""

import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from runners.discovery import ROOT

pytestmark = pytest.mark.slow

HEARD: list[str] = []


class _Site(ThreadingHTTPServer):
    address_family = socket.AF_INET6


class _Answer(BaseHTTPRequestHandler):
    def do_HEAD(self) -> None:
        HEARD.append(self.headers["Host"])
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.send_header("Connection", "close")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def site() -> Iterator[str]:
    """A site on the IPv6 loopback."""
    try:
        server = _Site(("::1", 0), _Answer)
    except OSError as error:
        pytest.skip(f"This machine has no IPv6 loopback: {error.strerror}.")
    with server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"[::1]:{server.server_address[1]}"
        server.shutdown()
        thread.join()


def test_every_language_pings_an_ipv6_address(site: str, tmp_path: Path) -> None:
    words = ["--sites", site, "--profile", "quick", "--contender", "python/httpx"]
    words += ["--contender", "python/streams"]
    optional = ("c/epoll", "java/socket", "java/httpclient")
    for each in ("csharp/socket", "csharp/httpclient", "node/net", "node/http", *optional):
        words += ["--contender", each]
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks", "run", *words],
        cwd=ROOT,
        env={
            **os.environ,
            "AWAITBENCH_OUT": str(tmp_path),
            "AWAITBENCH_LOCK": str(tmp_path / "lock"),
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    (file,) = tmp_path.glob("*/summary.json")
    assert json.loads(file.read_text())["invalid"] == []
    (plan,) = tmp_path.glob("*/run.json")
    contenders = len(json.loads(plan.read_text())["contenders"])
    assert HEARD == [site] * 6 * contenders
