"""Family ping of the runner contract, version 1: its jobs, its records, and a person's way to ask."""

import asyncio
import errno
import re
import socket
import sys
from collections.abc import Callable, Sequence
from enum import IntEnum
from typing import Literal, NamedTuple, Protocol, TypeVar

from contract import BadJob, RawJob, Recording, do_or_refuse, serve_harness, words

Target = TypeVar("Target")

A_DAY_NS = 86_400 * 10**9
SITE = re.compile(r"(?:\[([0-9A-Fa-f:.]+)\]|([^:\[\]]+))(?::([0-9]{1,5}))?")


class Site(NamedTuple):
    """One server to ping; `name` is how the job writes it: HOST:PORT, or HOST for port 80."""

    name: str
    host: str
    port: int


class Job(NamedTuple):
    """What to do: `iterations` times, ping all `chains` at once and the sites of a chain in turn."""

    iterations: int
    chains: Sequence[Sequence[Site]]
    path: str
    connection: Literal["close", "keep-alive"]
    timeout_s: float

    @property
    def pings(self) -> int:
        """How many pings an iteration has."""
        return sum(map(len, self.chains))

    def targets(self, make: Callable[[Site], Target]) -> Sequence[Sequence[Target]]:
        """Make a target of each site of a chain, one where a site comes again."""
        made = [{site: make(site) for site in set(sites)} for sites in self.chains]
        return [[targets[site] for site in sites] for targets, sites in zip(made, self.chains)]


class Failure(IntEnum):
    """Why a ping has no status, as the contract calls it; recorded in place of the status."""

    REFUSED = -1
    RESET = -2
    TIMEOUT = -3
    PROTOCOL = -4


class NotHttp(Exception):
    """What came is not an HTTP answer."""


# What a site or the way to it can cause, and a firewall.
NETWORK = {
    errno.ECONNREFUSED,
    errno.ECONNRESET,
    errno.ECONNABORTED,
    errno.EPIPE,
    errno.EHOSTUNREACH,
    errno.ENETUNREACH,
    errno.EHOSTDOWN,
    errno.ENETDOWN,
    errno.ETIMEDOUT,
    errno.EACCES,
    errno.EPERM,
}


def failure_of(error: Exception, connected: bool) -> Failure:
    """Tell which failure an error is.

    Any other is this program's mistake or this machine's trouble, and nothing to blame a site for:
    it is raised again.
    """
    match error:
        case NotHttp() | asyncio.LimitOverrunError():
            return Failure.PROTOCOL
        case TimeoutError(errno=None):  # the deadline's; the kernel's has a number
            return Failure.TIMEOUT
        case EOFError():
            return Failure.RESET
        case socket.gaierror():
            return Failure.REFUSED
        # A name with several addresses, none of which took the connection, has no number.
        case OSError(errno=code) if code in NETWORK or code is None:
            return Failure.RESET if connected else Failure.REFUSED
    raise error


NOT_SEEN = -1  # in place of a moment

Ping = tuple[int, int | None, int | None, int, int | str]


class PingRecording(Recording):
    """All pings of a job, five words each: start, connect, head, end and status."""

    def __init__(self, job: Job) -> None:
        super().__init__(job.iterations)
        self.job = job
        self.words = words(5 * job.iterations * job.pings)

    def record(
        self, slot: int, start_ns: int, connect_ns: int, head_ns: int, end_ns: int, status: int
    ) -> None:
        """Keep one ping: its moments in ns of the monotonic clock, and its status or failure.

        `slot` is its place among all pings of the job: iteration by iteration, chain by chain.
        """
        words, first = self.words, 5 * slot
        words[first] = start_ns
        words[first + 1] = connect_ns
        words[first + 2] = head_ns
        words[first + 3] = end_ns
        words[first + 4] = status

    def ping(self, slot: int, zero_ns: int) -> Ping:
        """Give back one ping in the contract's words, its times counted from `zero_ns`."""
        start, connect, head, end, status = self.words[5 * slot : 5 * slot + 5]
        return (
            start - zero_ns,
            None if connect == NOT_SEEN else connect - zero_ns,
            None if head == NOT_SEEN else head - zero_ns,
            end - zero_ns,
            status if status > 0 else Failure(status).name.lower(),
        )

    def fields(self, iteration: int) -> dict[str, object]:
        """Give an iteration's pings, their times counted from its start."""
        slots = iter(range(iteration * self.job.pings, (iteration + 1) * self.job.pings))
        zero_ns = self.start_ns(iteration)
        return {
            "pings": [
                [self.ping(slot, zero_ns) for _, slot in zip(sites, slots)]
                for sites in self.job.chains
            ]
        }

    def print_times(self) -> None:
        """Print the survey's three lines of the first iteration, in seconds."""
        sites = [site for chain in self.job.chains for site in chain]
        pings = [self.ping(slot, 0) for slot in range(self.job.pings)]
        times = [(end - start) / 1e9 for start, _, _, end, _ in pings]
        per_site = [
            f"{site.name} {time:.6f}" + ("" if isinstance(status, int) else f" ({status})")
            for site, time, (*_, status) in zip(sites, times, pings)
        ]
        print(f"Real time: {(self.end_ns(0) - self.start_ns(0)) / 1e9:.6f}")
        print(f"Time per site: {', '.join(per_site)}")
        print(f"Total time: {sum(times):.6f}")


class Pings(Protocol):
    """What a ping program offers: all chains of its job at once, and its connections closed."""

    async def parallel(self, iteration: int) -> None:
        ...

    async def close(self) -> None:
        ...


Program = Callable[[Job, PingRecording], Pings]
NewLoop = Callable[[], asyncio.AbstractEventLoop]


def serve(program: Program, *libraries: str) -> int:
    """Do the job that the harness sends, or ping a person's sites once; return the exit status.

    With `--uvloop` as the first argument uvloop's event loop drives it, not asyncio's own.
    """
    arguments = sys.argv[1:]
    new_loop = None
    if arguments[:1] == ["--uvloop"]:
        import uvloop  # optional, so not above

        new_loop, libraries = uvloop.new_event_loop, (*libraries, f"uvloop {uvloop.__version__}")
        del arguments[0]
    chains = [argument.split(",") for argument in arguments]
    if chains:
        return do_or_refuse(lambda: serve_person(program, chains, new_loop))
    return serve_harness(lambda raw: perform(program, parse_job(raw), new_loop), *libraries)


def serve_person(
    program: Program, names: Sequence[Sequence[str]], new_loop: NewLoop | None
) -> None:
    """Ping once, and print the times."""
    job = Job(1, parse_chains(names), "/", "close", 5.0)
    perform(program, job, new_loop).print_times()


def perform(program: Program, job: Job, new_loop: NewLoop | None) -> PingRecording:
    """Do all iterations of a job, and close its connections."""
    recording = PingRecording(job)

    async def work() -> None:
        pings = program(job, recording)
        await recording.iterate(pings.parallel)
        await pings.close()

    with asyncio.Runner(loop_factory=new_loop) as runner:
        runner.run(work())
    return recording


def parse_job(raw: RawJob) -> Job:
    """Read a job of the harness, strictly: every member due, each of its type, and no other."""
    match raw.params:
        case {
            "chains": list(chains),
            "path": str(path),
            "connection": ("close" | "keep-alive") as connection,
            "timeout_ns": int(timeout_ns),
            **more,
        } if raw.family == "ping" and not more:
            in_range = type(timeout_ns) is int and 0 < timeout_ns <= A_DAY_NS
            if in_range and path.startswith("/"):
                return Job(raw.iterations, parse_chains(chains), path, connection, timeout_ns / 1e9)
    raise BadJob(
        "This program does jobs of the family ping with iterations and, in params, chains, path,"
        " connection and timeout_ns; this one differs."
    )


def parse_chains(chains: Sequence[object]) -> Sequence[Sequence[Site]]:
    """Read chains of site names, at least one site in each."""
    if not chains or not all(isinstance(chain, list) and chain for chain in chains):
        raise BadJob("Chains must be lists of sites, none of them empty.")
    return [[parse_site(name) for name in chain] for chain in chains if isinstance(chain, list)]


def parse_site(name: object) -> Site:
    """Read HOST:PORT, or HOST; an IPv6 address stands in brackets."""
    match = SITE.fullmatch(name) if isinstance(name, str) else None
    if match and (port := int(match[3] or 80)) < 65536:
        return Site(match[0], match[1] or match[2], port)
    raise BadJob(f"A site is written HOST:PORT or HOST, not {name!r:.100}.")


def valid_status(status: int) -> int:
    """Return an answer's status, if it is one; raise NotHttp otherwise."""
    if not 100 <= status <= 599:
        raise NotHttp
    return status


BLANK_LINE = b"\r\n\r\n"
HEAD_LIMIT = 16 * 1024


def status_of(head: bytes) -> int:
    """Return the status in an answer's head; raise NotHttp if it does not begin with one."""
    digits = head[9:12]
    if head[:9] in (b"HTTP/1.1 ", b"HTTP/1.0 ") and digits.isdigit() and head[12:13] in b" \r":
        return valid_status(int(digits))
    raise NotHttp
