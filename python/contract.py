"""The runner contract, version 1, for all families: a job comes in, the records of its iterations go out."""

import json
import sys
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Generic, NamedTuple, TypeVar

Result = TypeVar("Result")


class RawJob(NamedTuple):
    """A job as it came; what its params must hold is its family's to say."""

    family: str
    iterations: int
    params: Mapping[str, object]


class Iteration(NamedTuple, Generic[Result]):
    """One iteration: its moments in ns of the monotonic clock, and what its work gave."""

    start_ns: int
    end_ns: int
    result: Result


class BadJob(ValueError):
    """The job, or the arguments of a person, cannot be done."""


now_ns = time.perf_counter_ns


def serve_harness(
    perform: Callable[[RawJob], Sequence[Iteration[Result]]],
    fields: Callable[[Iteration[Result]], Mapping[str, object]],
    *libraries: str,
) -> int:
    """Do the one job that the harness sends; return the exit status.

    `perform` does all iterations, or raises BadJob; `fields` gives what the family adds to the
    record of one.
    """

    def converse() -> None:
        write({"ready": 1, "runtime": ", ".join([runtime(), *libraries])})
        for number, iteration in enumerate(perform(parse(sys.stdin.readline()))):
            start_ns, end_ns, _ = iteration
            times = {"iteration": number, "start_ns": start_ns, "end_ns": end_ns}
            write({**times, **fields(iteration)})
        write({"done": True})
        sys.stdin.read()

    return do_or_refuse(converse)


def do_or_refuse(work: Callable[[], None]) -> int:
    """Do some work; return the exit status: 2, and a sentence on standard error, at a BadJob."""
    try:
        work()
    except BadJob as error:
        print(error, file=sys.stderr)
        return 2
    return 0


async def iterate(
    work: Callable[[int], Awaitable[Result]], iterations: int
) -> list[Iteration[Result]]:
    """Do all iterations back to back, each given its number."""
    done = []
    for number in range(iterations):
        start_ns = now_ns()
        result = await work(number)
        done.append(Iteration(start_ns, now_ns(), result))
    return done


def parse(line: str) -> RawJob:
    """Read one line of the harness, strictly: every member due, each of its type, and no other."""
    try:
        message: object = json.loads(line)
    except ValueError:
        message = None
    match message:
        case {"family": str(family), "iterations": int(iterations), "params": dict(params), **more}:
            if not more and type(iterations) is int and iterations > 0:  # a bool is an int, too
                return RawJob(family, iterations, params)
    raise BadJob(
        "A job is a line of JSON with a family, a number of iterations and params; this one differs."
    )


def runtime() -> str:
    """Name the interpreter; importing platform for it would lengthen the start."""
    name = "CPython" if sys.implementation.name == "cpython" else sys.implementation.name
    return f"{name} {sys.version.split()[0]}"


def write(message: Mapping[str, object]) -> None:
    """Send one line to the harness."""
    print(json.dumps(message, separators=(",", ":")), flush=True)
