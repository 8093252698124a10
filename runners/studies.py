"""`warm-up.toml`: how long a runner's programs took to warm up when somebody studied it.

A table for each workload, contender and runtime, written by `warm-up` and shipped with the
programs. It lies in the runner's folder but is no part of its content: a study changes no program.
"""

import hashlib
import json
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, Literal, cast, get_args

from results.files import replace
from runners.content import STUDIES
from runners.tables import Table, read_table

SCHEMA = 1

Ending = Literal["settled", "still warming", "slowing"]

_RUNTIME = re.compile(r"\s*(.{0,60}?)\s*v?(\d{1,9})(?:\.(\d{1,9}))?(?![\w-])")
_HEAD = """\
# How long the programs here take to warm up: written by `python -m benchmarks warm-up`, read by
# `run`. Iterations, and nanoseconds for what waits by the clock.
schema = {schema}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Study:
    """What a study found of one contender (its name in the runner) in one workload.

    `runtime` is what `runtime_of` makes of the programs' own word, `sources` what `sources_hash`
    makes of its files. `warmup` iterations took `warmup_ns`; `young_ns` and `steady_ns` are an
    iteration's time from its start to its end, whichever part of it the figure is about, in young
    processes and after the warm-up. `later` is the figure after four times the warm-up over that of
    the window that a run measures: 1.01 is 1 % slower.
    """

    workload: str
    contender: str
    runtime: str
    sources: str
    ending: Ending
    warmup: int
    warmup_ns: int
    young_ns: int
    steady_ns: int
    later: float
    processes: int
    iterations: int
    studied: str
    machine: str

    @property
    def key(self) -> tuple[str, str, str]:
        """What a study is of: another one of the same replaces it."""
        return self.workload, self.contender, self.runtime


def runtime_of(said: str) -> str:
    """Name a runtime with its major version: ‘Node.js 20’ for ‘Node.js 20.20.0’.

    Where that has one digit the next number belongs to it: ‘CPython 3.11’. A runtime that names no
    version is called as it calls itself.
    """
    if (found := _RUNTIME.match(said)) is None:
        return said
    name, major, minor = found.groups()
    version = f"{major}.{minor}" if minor is not None and len(major) == 1 else major
    return f"{name} {version}".strip()


def sources_hash(folder: Path, sources: Iterable[str]) -> str:
    """Return 16 hex digits over the contents of a contender's source files."""
    digest = hashlib.sha256()
    for source in sources:
        data = (folder / source).read_bytes()
        digest.update(f"{source}\0{len(data)}\0".encode("utf-8", "surrogateescape"))
        digest.update(data)
    return digest.hexdigest()[:16]


def read_studies(folder: Path) -> tuple[Study, ...]:
    """Read a runner's studies; none where nobody made any. Raises TableError."""
    if not os.path.lexists(folder / STUDIES):
        return ()
    table = read_table(folder / STUDIES, f"{folder.name}/{STUDIES}")
    table.insist_on("schema", "study")
    if table.values.get("schema") != SCHEMA:
        raise table.fail("schema", f"must be {SCHEMA}")
    return tuple(_study(row) for row in table.tables("study", required=False))


def write_studies(folder: Path, made: Sequence[Study]) -> None:
    """Add studies to a runner's, each in place of an earlier one of the same. Raises OSError."""
    kept: Mapping[tuple[str, str, str], Study] = {
        study.key: study for study in (*read_studies(folder), *made)
    }
    rows = [_HEAD.format(schema=SCHEMA)]
    for _, study in sorted(kept.items()):
        # A JSON string is a TOML string too.
        lines = [f"{key} = {json.dumps(value)}" for key, value in asdict(study).items()]
        rows.append("\n".join(["[[study]]", *lines, ""]))
    replace(folder / STUDIES, "\n".join(rows))


def _study(row: Table) -> Study:
    row.insist_on(*(field.name for field in fields(Study)))
    ending = cast(Ending, row.one_of("ending", get_args(Ending)))
    values: dict[str, Any] = {key: row.text(key) for key in _TEXTS}
    values |= {key: _count(row, key) for key in _COUNTS}
    later = row.values.get("later")
    if not isinstance(later, float) or not 0 < later < 1e9:
        raise row.fail("later", "must be a number above 0, like 1.01")
    return Study(**values, ending=ending, later=later)


def _count(row: Table, key: str) -> int:
    value = row.values.get(key)
    if type(value) is not int or not 0 <= value < 2**63:
        raise row.fail(key, "must be a whole number, 0 or more")
    return value


_TEXTS = ("workload", "contender", "runtime", "sources", "studied", "machine")
_COUNTS = ("warmup", "warmup_ns", "young_ns", "steady_ns", "processes", "iterations")
