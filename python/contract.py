"""The runner contract, version 1, for ping programs: a job comes in, the records of its iterations go out."""

import asyncio
import json
import sys
import time
from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple, Protocol

Status = int | Literal["refused", "reset", "timeout", "protocol"]

A_DAY_NS = 86_400 * 10**9

now_ns = time.perf_counter_ns


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


class Iteration(NamedTuple):
    """One pass over all chains; `pings` is shaped like the job's chains."""

    start_ns: int
    end_ns: int
    pings: Sequence[Sequence[Ping]]


class Program(Protocol):
    """What a ping program offers: all chains of its job at once, and its connections closed."""

    async def parallel(self) -> Sequence[Sequence[Ping]]:
        ...

    async def close(self) -> None:
        ...


class BadJob(ValueError):
    """The job, or the arguments of a person, cannot be done."""


def serve(program: Callable[[Job], Program], *libraries: str) -> int:
    """Do the job that the harness sends, or ping a person's sites once; return the exit status."""
    try:
        if len(sys.argv) > 1:
            chains = [argument.split(",") for argument in sys.argv[1:]]
            job = Job(1, parse_chains(chains), "/", "close", 5_000_000_000)
            print_times(job, asyncio.run(iterate(program, job))[0])
            return 0
        write({"ready": 1, "runtime": ", ".join([runtime(), *libraries])})
        job = parse_job(sys.stdin.readline())
    except BadJob as error:
        print(error, file=sys.stderr)
        return 2
    for number, iteration in enumerate(asyncio.run(iterate(program, job))):
        write(record(number, iteration))
    write({"done": True})
    sys.stdin.read()
    return 0


def runtime() -> str:
    """Name the interpreter; importing platform for it would lengthen the start."""
    name = "CPython" if sys.implementation.name == "cpython" else sys.implementation.name
    return f"{name} {sys.version.split()[0]}"


async def iterate(program: Callable[[Job], Program], job: Job) -> list[Iteration]:
    """Do all iterations back to back."""
    pings = program(job)
    iterations = []
    for _ in range(job.iterations):
        start_ns = now_ns()
        chains = await pings.parallel()
        iterations.append(Iteration(start_ns, now_ns(), chains))
    await pings.close()
    return iterations


def parse_job(line: str) -> Job:
    """Read one job, strictly: every member due, each of its type, and no other."""
    try:
        message: object = json.loads(line)
    except ValueError:
        raise BadJob("The job is not a line of JSON.") from None
    match message:
        case {
            "family": "ping",
            "iterations": int(iterations),
            "params": {
                "chains": list(chains),
                "path": str(path),
                "connection": ("close" | "keep-alive") as connection,
                "timeout_ns": int(timeout_ns),
                **more_params,
            },
            **more,
        } if not (more or more_params):
            counts_are_integers = (
                type(iterations) is type(timeout_ns) is int
            )  # a bool is an int, too
            if (
                counts_are_integers
                and iterations > 0
                and 0 < timeout_ns <= A_DAY_NS
                and path.startswith("/")
            ):
                return Job(iterations, parse_chains(chains), path, connection, timeout_ns)
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
    """Read HOST:PORT or HOST."""
    if isinstance(name, str):
        host, _, port = name.partition(":")
        if (
            host
            and (port or "80").isdecimal()
            and int(port or 80) < 65536
            and not name.endswith(":")
        ):
            return Site(name, host, int(port or 80))
    raise BadJob(f"A site is written HOST:PORT or HOST, not {name!r:.100}.")


def valid_status(status: int) -> int:
    """Return an answer's status, if it is one; raise ValueError otherwise."""
    if not 100 <= status <= 599:
        raise ValueError(f"{status} is no HTTP status")
    return status


def record(number: int, iteration: Iteration) -> dict[str, object]:
    """Build an iteration's line, its pings' times counted from the iteration's start."""
    zero, end_ns, chains = iteration
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
    return {"iteration": number, "start_ns": zero, "end_ns": end_ns, "pings": pings}


def write(message: dict[str, object]) -> None:
    """Send one line to the harness."""
    print(json.dumps(message, separators=(",", ":")), flush=True)


def print_times(job: Job, iteration: Iteration) -> None:
    """Print the survey's three lines, in seconds."""
    pings = [ping for chain in iteration.pings for ping in chain]
    times = [(ping.end_ns - ping.start_ns) / 1e9 for ping in pings]
    per_site = [
        f"{site.name} {time:.6f}" + ("" if isinstance(ping.status, int) else f" ({ping.status})")
        for site, time, ping in zip(job.sites(), times, pings)
    ]
    print(f"Real time: {(iteration.end_ns - iteration.start_ns) / 1e9:.6f}")
    print(f"Time per site: {', '.join(per_site)}")
    print(f"Total time: {sum(times):.6f}")
