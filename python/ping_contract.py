"""Family ping of the runner contract, version 1: its jobs, its records, and a person's way to ask."""

import asyncio
import re
import sys
from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple, Protocol

from contract import BadJob, Iteration, RawJob, do_or_refuse, iterate, serve_harness

Status = int | Literal["refused", "reset", "timeout", "protocol"]

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
    timeout_ns: int

    def sites(self) -> list[Site]:
        """List the sites in the order of their pings, chain after chain."""
        return [site for chain in self.chains for site in chain]


class Ping(NamedTuple):
    """One ping's moments, in ns of the monotonic clock; None for what was not seen."""

    start_ns: int
    connect_ns: int | None
    head_ns: int | None
    end_ns: int
    status: Status


Chains = Sequence[Sequence[Ping]]  # shaped like the job's


class Program(Protocol):
    """What a ping program offers: all chains of its job at once, and its connections closed."""

    async def parallel(self) -> Chains:
        ...

    async def close(self) -> None:
        ...


def serve(program: Callable[[Job], Program], *libraries: str) -> int:
    """Do the job that the harness sends, or ping a person's sites once; return the exit status."""
    chains = [argument.split(",") for argument in sys.argv[1:]]
    if chains:
        return do_or_refuse(lambda: serve_person(program, chains))
    return serve_harness(lambda raw: perform(program, parse_job(raw)), fields, *libraries)


def serve_person(program: Callable[[Job], Program], names: Sequence[Sequence[str]]) -> None:
    """Ping once, and print the times."""
    job = Job(1, parse_chains(names), "/", "close", 5_000_000_000)
    for iteration in perform(program, job):
        print_times(job, iteration)


def perform(program: Callable[[Job], Program], job: Job) -> list[Iteration[Chains]]:
    """Do all iterations of a job, and close its connections."""

    async def work() -> list[Iteration[Chains]]:
        pings = program(job)
        iterations = await iterate(lambda _: pings.parallel(), job.iterations)
        await pings.close()
        return iterations

    return asyncio.run(work())


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
                return Job(raw.iterations, parse_chains(chains), path, connection, timeout_ns)
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
    """Return an answer's status, if it is one; raise ValueError otherwise."""
    if not 100 <= status <= 599:
        raise ValueError(f"{status} is no HTTP status")
    return status


def fields(iteration: Iteration[Chains]) -> dict[str, object]:
    """Give an iteration's pings, their times counted from its start."""
    zero, _, chains = iteration
    pings = [
        [
            (
                start - zero,
                None if connect is None else connect - zero,
                None if head is None else head - zero,
                end - zero,
                status,
            )
            for start, connect, head, end, status in chain
        ]
        for chain in chains
    ]
    return {"pings": pings}


def print_times(job: Job, iteration: Iteration[Chains]) -> None:
    """Print the survey's three lines, in seconds."""
    pings = [ping for chain in iteration.result for ping in chain]
    times = [(ping.end_ns - ping.start_ns) / 1e9 for ping in pings]
    per_site = [
        f"{site.name} {time:.6f}" + ("" if isinstance(ping.status, int) else f" ({ping.status})")
        for site, time, ping in zip(job.sites(), times, pings)
    ]
    print(f"Real time: {(iteration.end_ns - iteration.start_ns) / 1e9:.6f}")
    print(f"Time per site: {', '.join(per_site)}")
    print(f"Total time: {sum(times):.6f}")
