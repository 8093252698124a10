"""The runner contract, version 1, for all families: a job comes in, the records of its iterations go out."""

import json
import os
import sys
import time
from abc import ABC, abstractmethod
from array import array
from collections.abc import Awaitable, Callable, Mapping
from typing import NamedTuple


class RawJob(NamedTuple):
    """A job as it came; what its params must hold is its family's to say."""

    family: str
    iterations: int
    params: Mapping[str, object]


class BadJob(ValueError):
    """The job, or the arguments of a person, cannot be done."""


class Lacking(Exception):
    """This machine lacks something that the work needs."""


now_ns = time.perf_counter_ns


class Recording(ABC):
    """What a job's iterations leave behind, in flat arrays that are made before the first one.

    An iteration more costs its words, and no object.
    """

    def __init__(self, iterations: int) -> None:
        self.iterations = iterations
        self.moments = words(2 * iterations)

    async def iterate(self, work: Callable[[int], Awaitable[None]]) -> None:
        """Do all iterations back to back, each given its number."""
        for iteration in range(self.iterations):
            self.moments[2 * iteration] = now_ns()
            await work(iteration)
            self.moments[2 * iteration + 1] = now_ns()

    def start_ns(self, iteration: int) -> int:
        """Return when an iteration began, in ns of the monotonic clock."""
        return self.moments[2 * iteration]

    def end_ns(self, iteration: int) -> int:
        """Return when it was over."""
        return self.moments[2 * iteration + 1]

    @abstractmethod
    def fields(self, iteration: int) -> Mapping[str, object]:
        """Give what the family adds to the record of an iteration."""


def words(count: int) -> "array[int]":
    """Make an array of signed 64-bit words."""
    return array("q", [0]) * count


def serve_harness(perform: Callable[[RawJob], Recording], *libraries: str) -> int:
    """Do the one job that the harness sends; return the exit status.

    `perform` does all iterations, or raises BadJob.
    """

    def converse() -> None:
        write({"ready": 1, "runtime": ", ".join([runtime(), *libraries]), "cpus": cpus()})
        recording = perform(parse(sys.stdin.readline()))
        # Each is formatted when the one before is out: the harness reads our memory at the first.
        for iteration in range(recording.iterations):
            start_ns, end_ns = recording.start_ns(iteration), recording.end_ns(iteration)
            times = {"iteration": iteration, "start_ns": start_ns, "end_ns": end_ns}
            write({**times, **recording.fields(iteration)})
        write({"done": True})
        sys.stdin.read()

    return do_or_refuse(converse)


def do_or_refuse(work: Callable[[], None]) -> int:
    """Do some work; return the exit status: at a BadJob 2, at Lacking 3, and a sentence told."""
    try:
        work()
    except BadJob as error:
        print(error, file=sys.stderr)
        return 2
    except Lacking as error:
        print(error, file=sys.stderr)
        return 3
    return 0


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


def cpus() -> int | None:
    """Count the CPUs that Python believes it has: all of the machine's before 3.13."""
    count: Callable[[], int | None] = getattr(os, "process_cpu_count", os.cpu_count)
    return count()


def write(message: Mapping[str, object]) -> None:
    """Send one line to the harness."""
    print(json.dumps(message, separators=(",", ":")), flush=True)
