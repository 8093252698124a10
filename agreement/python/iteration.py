"""One iteration of a program in python/, to be called again and again by a harness."""

import asyncio
import importlib
import json
import sys
from array import array
from collections.abc import Awaitable, Callable
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

# The programs, which import their neighbours by bare name.
sys.path.insert(0, str(Path(__file__).parents[2] / "python"))

from contract import RawJob
from ping_contract import PingRecording, parse_job
from work.job import MASK, Job, Way, find, parse

Work = Callable[[int], Awaitable[int]]


class Asked(NamedTuple):
    """A job of the runner contract, by which program, and how often: the file that we are given."""

    job: RawJob
    program: str
    warmup: int
    iterations: int


def asked_in(file: Path) -> Asked:
    """Read what is asked; the job has one iteration, which is repeated."""
    asked = json.loads(file.read_text(encoding="utf-8"))
    job = RawJob(asked["family"], 1, asked["params"])
    return Asked(job, asked["program"], asked["warmup"], asked["iterations"])


class Counted:
    """Iterations, counted, on one event loop; use as a context manager."""

    def __init__(self, asked: Asked) -> None:
        self.asked, self.calls, self.checksum = asked, 0, 0
        self._runner = asyncio.Runner()
        self._work = pings(asked) if asked.program.endswith(".py") else work(asked)

    def __enter__(self) -> "Counted":
        return self

    def __exit__(self, *_: object) -> None:
        self._runner.close()

    def __call__(self) -> None:
        """Do the next iteration."""
        checksum = self._runner.get_loop().run_until_complete(self._next())
        self.calls += 1
        self.checksum = (self.checksum + checksum) & MASK

    async def _next(self) -> int:
        return await self._work(self.calls)


def work(asked: Asked) -> Work:
    """Return an iteration of a family without a network, which gives its checksum."""
    family = find(asked.job.family)
    way: Way = getattr(family, asked.program.replace("-", "_"))
    own = parse(asked.job, getattr(family, "OWN", []))
    job = Job(own["size"], own["seed"], own, array("q", [0]), ExitStack())
    return lambda iteration: way(job, iteration)


def pings(asked: Asked) -> Work:
    """Return an iteration of pings, each of which is kept in the place of the one before."""
    program = importlib.import_module(asked.program.removesuffix(".py"))
    job = parse_job(asked.job)
    made = program.Pings(job, PingRecording(job))

    async def iteration(_: int) -> int:
        await made.parallel(0)
        return 0

    return iteration
