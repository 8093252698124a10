"""The families without a network in the runner contract, version 1: a job in, checksums out."""

import asyncio
import importlib
import inspect
import os
import re
from array import array
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from functools import partial
from types import ModuleType
from typing import NamedTuple

from contract import BadJob, RawJob, Recording, serve_harness, words

MASK = 2**32 - 1
NAME = re.compile("[a-z]+(-[a-z]+)*")


class Job(NamedTuple):
    """What to do: a size, the seed of the values, and a family's own.

    `noted` has a word for each iteration: what a way saw, for the field that its family adds to
    the record. `closing` is closed after the last record: memory and CPU time are read before.
    """

    size: int
    seed: int
    own: Mapping[str, int]
    noted: "array[int]"
    closing: ExitStack

    def values(self, iteration: int) -> range:
        """Return the values of an iteration, in order; each counts modulo 2³²."""
        first = self.seed + iteration
        return range(first, first + self.size)


Way = Callable[[Job, int], Awaitable[int]]


def fold(values: Iterable[int]) -> int:
    """Return the checksum of values in their order."""
    checksum = 0
    for value in values:
        checksum = (31 * checksum + value) & MASK
    return checksum


class WorkRecording(Recording):
    """The checksum of each iteration, and what its family notes beside that."""

    def __init__(self, iterations: int, field: str | None) -> None:
        super().__init__(iterations)
        self.checksums = words(iterations)
        self.field, self.noted = field, words(iterations)

    async def keep(self, way: Way, job: Job, iteration: int) -> None:
        """Do an iteration, and keep its checksum."""
        self.checksums[iteration] = await way(job, iteration)

    def fields(self, iteration: int) -> dict[str, object]:
        """Give an iteration's checksum, and what was noted of it."""
        fields: dict[str, object] = {"checksum": self.checksums[iteration]}
        if self.field is not None:
            fields[self.field] = self.noted[iteration]
        return fields


def serve(way: str) -> int:
    """Do the job that the harness sends in one way; return the exit status."""
    closing = ExitStack()
    status = serve_harness(lambda raw: perform(way, raw, closing))
    closing.close()
    return status


def perform(name: str, raw: RawJob, closing: ExitStack) -> WorkRecording:
    """Do all iterations in the way of that name: a coroutine function of a job and a number."""
    family = find(raw.family)
    way = getattr(family, name.replace("-", "_"), None)
    if not inspect.iscoroutinefunction(way):  # what a family imports is no way of it
        raise BadJob(f"There is no family {raw.family!r:.100} here in the way {name}.")
    recording = WorkRecording(raw.iterations, getattr(family, "FIELD", None))
    params = parse(raw, getattr(family, "OWN", []))
    job = Job(params["size"], params["seed"], params, recording.noted, closing)
    asyncio.run(recording.iterate(partial(recording.keep, way, job)))
    return recording


def find(name: str) -> ModuleType | None:
    """Import a family: the file of its name in this folder, whose functions are its ways."""
    module = name.replace("-", "_")
    if NAME.fullmatch(name) and os.path.exists(f"{os.path.dirname(__file__)}/{module}.py"):
        return importlib.import_module(f"work.{module}")
    return None


def parse(raw: RawJob, own: Sequence[str]) -> Mapping[str, int]:
    """Read a job's params, strictly: every one due, each a whole number, and no other.

    None is negative, and a pool has a worker at least.
    """
    due = ["size", "seed", *own]
    read = {
        name: number
        for name, number in raw.params.items()
        if type(number) is int and number >= (name == "workers")  # a bool is an int, too
    }
    if not raw.params.keys() == read.keys() == set(due):
        raise BadJob(
            f"A job of the family {raw.family} has the params {', '.join(due)}; this one differs."
        )
    return read
