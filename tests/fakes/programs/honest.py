"""An honest ping program in small steps, so that a dishonest one overrides just one of them.

Standard library only, one thread for each chain. The other modules here hold the dishonest ones,
one class each, whose docstring says what it does wrong and which rules it breaks: `times.py
half_times` runs HalfTimes. Where its manifest sets FAKE_ONCE in the environment, a fake misbehaves
in its folder's first invocation only.
"""

import json
import os
import socket
import sys
import threading
import time
from pathlib import Path
from typing import Any

MANY = 4  # the basic scenarios ask for at least so many iterations

Ping = list[Any]  # [start, connect, head, end, status]
Record = dict[str, Any]
clock = time.perf_counter_ns


class Impossible(Exception):
    """Raised for a job that this program cannot do."""


class Failed(Exception):
    """Raised where a ping fails; the text is the contract's word for it."""


class Honest:
    """One invocation: ready, job, iterations, records, done, end of input."""

    def __init__(self) -> None:
        self.index = 0
        self.warm: dict[str, socket.socket] = {}
        self.tame = False

    def run(self) -> int:
        """Take part in the protocol; return the exit status."""
        self.ready()
        try:
            self.take(sys.stdin.readline())
        except Impossible as problem:
            return self.refuse(str(problem))
        for record in self.told(self.perform()):
            self.say(record)
        self.say({"done": True})
        return self.finish()

    def ready(self) -> None:
        """Say that a job can be taken."""
        self.say({"ready": 1, "runtime": "fake"})

    def say(self, message: Record) -> None:
        """Write one message."""
        self.write(json.dumps(message))

    def write(self, line: str) -> None:
        """Write one line to standard output."""
        sys.stdout.write(line + "\n")
        sys.stdout.flush()

    def take(self, line: str) -> None:
        """Read the job. Raises Impossible."""
        try:
            job = json.loads(line)
            self.tame = "FAKE_ONCE" in os.environ and invocations_before() > 0
            if job["family"] != "ping":
                raise Impossible(f"unknown family {job['family']!r}")
            if type(job["iterations"]) is not int:
                raise Impossible("iterations must be an integer")
            params = job["params"]
            self.iterations: int = job["iterations"]
            self.chains: list[list[str]] = params["chains"]
            self.path: str = params["path"]
            self.connection: str = params["connection"]
            self.timeout_ns: int = params["timeout_ns"]
        except (ValueError, KeyError, TypeError) as problem:
            raise Impossible(f"cannot read the job: {problem!r}") from problem

    @property
    def many(self) -> bool:
        """Whether this is a basic scenario: most fakes behave in those made for one rule."""
        return self.iterations >= MANY and not self.tame

    @property
    def cold(self) -> bool:
        """Whether each ping opens its own connection."""
        return self.connection == "close"

    def refuse(self, problem: str) -> int:
        """Decline a job; return the exit status."""
        print(problem, file=sys.stderr)
        return 2

    def finish(self) -> int:
        """Wait for the end of the input; return the exit status."""
        sys.stdin.read()
        return 0

    def perform(self) -> list[Record]:
        """Do all iterations."""
        return [self.iteration(index) for index in range(self.iterations)]

    def told(self, records: list[Record]) -> list[Record]:
        """Return the records as they are reported: unchanged, here."""
        return records

    def iteration(self, index: int) -> Record:
        """Do all chains at once."""
        self.index = index
        chains: list[list[Ping]] = [[] for _ in self.chains]

        def follow(number: int) -> None:
            chains[number] = self.chain(self.chains[number])

        threads = [threading.Thread(target=follow, args=[n]) for n in range(len(chains))]
        start_ns = clock()
        self.together(threads)
        end_ns = clock()
        pings = [[relative(ping, start_ns) for ping in chain] for chain in chains]
        return {"iteration": index, "start_ns": start_ns, "end_ns": end_ns, "pings": pings}

    def together(self, threads: list[threading.Thread]) -> None:
        """Start all chains and join them."""
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def chain(self, sites: list[str]) -> list[Ping]:
        """Ping the sites one after another; times are the clock's."""
        return [self.ping(site) for site in sites]

    def ping(self, site: str) -> Ping:
        """Send one request and take its answer."""
        start, connect, head = clock(), None, None
        connection = self.warm.pop(site, None)
        try:
            if connection is None:
                connection = self.connect(site)
                connect = clock()
            connection.sendall(self.request(site))
            status: int | str = self.status(self.answer(connection, start))
            head = clock()
        except Failed as failure:
            status = str(failure)
        except OSError:
            status = "reset"
        end = clock()
        if connection is not None:
            self.leave(site, connection, head is not None)
        return [start, connect, head, end, status]

    def connect(self, site: str) -> socket.socket:
        """Open a connection. Raises Failed."""
        address, port = site.split(":")
        try:
            connection = socket.create_connection((address, int(port)), self.timeout_ns / 1e9)
        except TimeoutError as problem:
            raise Failed("timeout") from problem
        except OSError as problem:
            raise Failed("refused") from problem
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return connection

    def request(self, site: str) -> bytes:
        """Return the bytes of a request."""
        head = f"HEAD {self.path} HTTP/1.1\r\nHost: {site}\r\nConnection: {self.connection}\r\n\r\n"
        return head.encode()

    def answer(self, connection: socket.socket, start: int) -> bytes:
        """Return the answer's complete head. Raises Failed."""
        data = b""
        while b"\r\n\r\n" not in data:
            left_ns = self.timeout_ns - (clock() - start)
            connection.settimeout(max(left_ns / 1e9, 1e-6))
            try:
                part = connection.recv(65536)
            except TimeoutError as problem:
                raise Failed("timeout") from problem
            if not part:
                raise Failed("reset")
            data += part
        return data

    def status(self, head: bytes) -> int:
        """Return the status of an answer's head. Raises Failed."""
        version, _, rest = head.partition(b" ")
        if not version.startswith(b"HTTP/1.") or not rest[:3].isdigit():
            raise Failed("protocol")
        return int(rest[:3])

    def leave(self, site: str, connection: socket.socket, usable: bool) -> None:
        """Close the connection, or keep it for the next ping."""
        if usable and not self.cold:
            self.warm[site] = connection
        else:
            connection.close()


class AmendsRecords(Honest):
    """Honest in deed, but `amend` changes what is reported of the basic scenarios."""

    def told(self, records: list[Record]) -> list[Record]:
        if self.many:
            self.amend(records)
        return records

    def amend(self, records: list[Record]) -> None:
        """Change the records in place."""
        raise NotImplementedError


class BreaksIn(Honest):
    """Honest, but `break_in` does something between the iterations and their records."""

    def perform(self) -> list[Record]:
        records = super().perform()
        if self.many:
            self.break_in()
        return records

    def break_in(self) -> None:
        """Do what no honest program does."""
        raise NotImplementedError


def play() -> None:
    """Run the program of this module that the command line names; exit with its status."""
    wanted = sys.argv[1].replace("_", "")
    for name, program in vars(sys.modules["__main__"]).items():
        if name.lower() == wanted:
            raise SystemExit(program().run())
    raise SystemExit(f"There is no fake {sys.argv[1]} in {sys.argv[0]}.")


def invocations_before() -> int:
    """Count this invocation, and return how many of the folder's programs came before it."""
    counter = Path(".invocations")
    before = len(counter.read_text()) if counter.exists() else 0
    counter.write_text("x" * (before + 1))
    return before


def pings(records: list[Record]) -> list[Ping]:
    """Return all pings of all records, to be changed in place."""
    return [ping for record in records for chain in record["pings"] for ping in chain]


def shift_start(record: Record, by_ns: int) -> None:
    """Let an iteration begin earlier, with its pings where they were."""
    record["start_ns"] -= by_ns
    for ping in pings([record]):
        ping[:4] = [time if time is None else time + by_ns for time in ping[:4]]


def relative(ping: Ping, start_ns: int) -> Ping:
    """Return a ping whose times count from the start of its iteration."""
    return [time - start_ns if isinstance(time, int) else time for time in ping[:4]] + ping[4:]


if __name__ == "__main__":
    play()
