"""The runner contract, version 1, for families without a network: a job in, checksums out."""

import asyncio
import json
import platform
import sys
import time
from collections.abc import Callable, Coroutine, Iterable, Mapping
from typing import Any, NamedTuple

MASK = 2**32 - 1

now_ns = time.perf_counter_ns


class Job(NamedTuple):
    """What to do, `iterations` times: a size, the seed of the values, and a family's own."""

    family: str
    iterations: int
    size: int
    seed: int
    own: Mapping[str, int]

    def values(self, iteration: int) -> range:
        """Return the values of an iteration, in order; each counts modulo 2³²."""
        first = self.seed + iteration
        return range(first, first + self.size)


Way = Callable[[Job, int], Coroutine[Any, Any, int]]

OWN = {
    "timers": {"delay_ns"},
    "blocking": {"block_ns"},
    "parallel-cpu": {"rounds"},
}


class BadJob(ValueError):
    """The job cannot be done."""


def fold(values: Iterable[int]) -> int:
    """Return the checksum of values in their order."""
    checksum = 0
    for value in values:
        checksum = (31 * checksum + value) & MASK
    return checksum


def serve(ways: Mapping[str, Way]) -> int:
    """Do the job that the harness sends; return the exit status."""
    write(
        {"ready": 1, "runtime": f"{platform.python_implementation()} {platform.python_version()}"}
    )
    try:
        job = parse_job(sys.stdin.readline(), ways)
    except BadJob as error:
        print(error, file=sys.stderr)
        return 2
    for record in asyncio.run(iterate(ways[job.family], job)):
        write(record)
    write({"done": True})
    sys.stdin.read()
    return 0


async def iterate(way: Way, job: Job) -> list[dict[str, object]]:
    """Do all iterations back to back."""
    records: list[dict[str, object]] = []
    for iteration in range(job.iterations):
        start_ns = now_ns()
        checksum = await way(job, iteration)
        end_ns = now_ns()
        records.append(
            {"iteration": iteration, "start_ns": start_ns, "end_ns": end_ns, "checksum": checksum}
        )
    return records


def parse_job(line: str, ways: Mapping[str, Way]) -> Job:
    """Read one job, strictly: every member due, each an integer of its range, and no other."""
    try:
        message: object = json.loads(line)
    except ValueError:
        raise BadJob("The job is not a line of JSON.") from None
    match message:
        case {"family": str(family), "iterations": iterations, "params": dict(params), **more}:
            due = {"size", "seed", *OWN.get(family, ())}
            numbers = [iterations, *params.values()]
            if (
                family in ways
                and not more
                and params.keys() == due
                and all(type(number) is int and number >= 0 for number in numbers)
                and iterations > 0
            ):
                own = {name: params[name] for name in due - {"size", "seed"}}
                return Job(family, iterations, params["size"], params["seed"], own)
    raise BadJob(
        f"This program does jobs of the families {', '.join(ways)} with iterations and, in params,"
        " size, seed and the family's own; this one differs."
    )


def write(message: Mapping[str, object]) -> None:
    """Send one line to the harness."""
    print(json.dumps(message, separators=(",", ":")), flush=True)
