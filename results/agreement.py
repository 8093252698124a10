"""What `agree` measured: a file beside the runs, with every process's times."""

import json
from pathlib import Path
from typing import Literal, TypedDict

from results.files import replace
from results.format import Machine, Placement, Suite

SCHEMA = 1

Clock = Literal["ours", "harness"]


class Process(TypedDict):
    """One process, timed by our clock (the program's own) or by its harness.

    `times_ns` are of iterations: by our clock all, in their order, of which the first `warmup` do
    not count; of a harness the samples that it gives, in its order. `mean_ns` is of what counts,
    null where the process broke a rule (`broken`). `low_ns` and `high_ns` are the harness's own
    interval of 95 %, where it has one. `calls` are all iterations that were done.
    """

    block: int
    workload: str
    contender: str
    clock: Clock
    warmup: int
    calls: int
    times_ns: list[float]
    mean_ns: float | None
    low_ns: float | None
    high_ns: float | None
    broken: list[str]


class Pair(TypedDict):
    """A contender in a workload, who times it beside us, and what that one is known to do otherwise.

    `harness` is its name, from its first process on with its version.
    """

    workload: str
    contender: str
    label: str
    language: str
    harness: str
    known: str
    warmup: int
    iterations: int


class Agreement(TypedDict):
    """A session of both clocks. In each block every pair has two processes, adjacent in time."""

    schema: int
    id: str
    started: str
    status: Literal["partial", "complete"]
    command: str
    seed: int
    blocks: int
    machine: Machine
    placement: Placement
    suite: Suite | None
    pairs: list[Pair]
    left_out: list[str]
    processes: list[Process]


def write_agreement(folder: Path, found: Agreement) -> Path:
    """Write the file into the folder of the runs and return it. Raises OSError."""
    file = folder / f"{found['id']}.json"
    replace(file, json.dumps(found, ensure_ascii=False, separators=(",", ":")) + "\n")
    return file
