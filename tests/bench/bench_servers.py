"""What a ping costs the origin, beside nginx that keeps no log: the same client, in turns.

    python -m tests.bench.bench_servers          4,000 pings a round
    python -m tests.bench.bench_servers PINGS

For each shape that the ping workloads have, medians over the rounds, per ping: CPU time of the server's
process, and wall time, in which the client has its part. The origin records every head and time
meanwhile, and nginx nothing. nginx is that of the system, one worker in one process; where there is none
the origin stands alone. Asserts no time.
"""

import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import NamedTuple

from benchmarks.ping.origin.handle import Origin
from benchmarks.ping.origin.plan import ConnectionMode, Site
from runners.descendants import cpu_clock_ns

PINGS, ROUNDS = 4_000, 7
START_LIMIT_S, PING_LIMIT_S = 20.0, 20.0
CONF = """
daemon off; master_process off; pid {folder}/pid; error_log stderr crit;
events {{ worker_connections 1024; }}
http {{
  access_log off; server_tokens off; default_type text/plain;
  keepalive_requests 100000000;
  client_body_temp_path {folder}; proxy_temp_path {folder}; fastcgi_temp_path {folder};
  uwsgi_temp_path {folder}; scgi_temp_path {folder};
  server {{ listen {place}; location / {{ return 200; }} }}
}}
"""


class Shape(NamedTuple):
    """How many pings are in flight at once, and how many a connection carries."""

    name: str
    chains: int
    connection: ConnectionMode


SHAPES = (
    Shape("sequential", 1, ConnectionMode.CLOSE),
    Shape("parallel", 64, ConnectionMode.CLOSE),
    Shape("keep-alive", 8, ConnectionMode.KEEP_ALIVE),
)


class Cost(NamedTuple):
    """Of one ping, in µs: CPU time of the server, and wall time of both."""

    cpu: float
    wall: float


def ping(place: tuple[str, int], path: str, shape: Shape, pings: int) -> None:
    """Send so many pings, as many at once as the shape has chains. Raises OSError."""
    name = f"{place[0]}:{place[1]}"
    head = (
        f"HEAD {path} HTTP/1.1\r\nHost: {name}\r\nConnection: {shape.connection}\r\n\r\n".encode()
    )
    keep = shape.connection is ConnectionMode.KEEP_ALIVE
    opened = [_connected(place) for _ in range(shape.chains)] if keep else []
    for _ in range(pings // shape.chains):
        socks = opened or [_connected(place) for _ in range(shape.chains)]
        for sock in socks:
            sock.sendall(head)
        for sock in socks:
            said = sock.recv(4096)
            while not said.endswith(b"\r\n\r\n"):
                more = sock.recv(4096)
                if not more:
                    raise ConnectionError(f"{name} answered {said!r}")
                said += more
            if not said.startswith(b"HTTP/1.1 200"):
                raise ConnectionError(f"{name} answered {said!r}")
            if not keep:
                while sock.recv(4096):  # the server closes, as it was asked to
                    pass
                sock.close()
    for sock in opened:
        sock.close()


def _connected(place: tuple[str, int]) -> socket.socket:
    return socket.create_connection(place, PING_LIMIT_S)


def measured(pid: int, place: tuple[str, int], path: str, shape: Shape, pings: int) -> Cost:
    """Ping a server, and return what each ping took."""
    ping(place, path, shape, pings // 10)  # the first ones open what the others find open
    cpu, began = cpu_clock_ns(pid) or 0, time.monotonic_ns()
    ping(place, path, shape, pings)
    done = pings // shape.chains * shape.chains
    wall, used = time.monotonic_ns() - began, (cpu_clock_ns(pid) or 0) - cpu
    return Cost(used / done / 1e3, wall / done / 1e3)


@contextmanager
def nginx(program: str, place: tuple[str, int]) -> Iterator[int]:
    """Have nginx answer there; gives its process id."""
    with tempfile.TemporaryDirectory() as folder:
        conf = Path(folder, "conf")
        conf.write_text(CONF.format(folder=folder, place=f"{place[0]}:{place[1]}"))
        process = subprocess.Popen([program, "-p", folder, "-c", str(conf)])
        try:
            _wait_for(place, process)
            yield process.pid
        finally:
            process.kill()
            process.wait()


def _wait_for(place: tuple[str, int], process: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + START_LIMIT_S
    while True:
        try:
            _connected(place).close()
            return
        except OSError:
            if process.poll() is not None or time.monotonic() > until:
                raise
            time.sleep(0.05)


def main(words: list[str]) -> None:
    """Print a line for each shape and server."""
    pings = int(words[0]) if words else PINGS
    program = shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin")
    if program is None:
        print("nginx is not installed (Debian's package is nginx-light): the origin alone.")
    found: dict[tuple[str, str], list[Cost]] = {}
    with Origin() as origin:
        for _ in range(ROUNDS):
            for shape in SHAPES:
                # Fresh ones: no port of the client's still waits for a connection to them to be gone.
                first, second = origin.fresh_addresses(2)
                plan = origin.expect((Site(address=first),), shape.connection, requests=2 * pings)
                own = measured(origin.pid, (first, plan.port), plan.path, shape, pings)
                origin.collect()
                found.setdefault((shape.name, "origin"), []).append(own)
                if program is not None:
                    place = (second, plan.port)
                    with nginx(program, place) as pid:
                        other = measured(pid, place, plan.path, shape, pings)
                    found.setdefault((shape.name, "nginx"), []).append(other)
    print(f"{'µs a ping':14}{'server':10}{'its CPU':>10}{'wall':>10}   lowest to highest CPU")
    for (name, server), costs in found.items():
        cpus = sorted(cost.cpu for cost in costs)
        wall = median(cost.wall for cost in costs)
        print(
            f"{name:14}{server:10}{median(cpus):10.1f}{wall:10.1f}   {cpus[0]:.1f}–{cpus[-1]:.1f}"
        )


if __name__ == "__main__":
    main(sys.argv[1:])
