"""`agreement/harnesses.toml`: which harness times which of our programs, read strictly."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from results.errors import BuildError
from results.files import replace
from runners.build import STAMP
from runners.building import run_build
from runners.content import content_hash
from runners.discovery import ROOT
from runners.manifest import Commands
from runners.roster import Ready
from runners.tables import Table, read_table
from runners.toolchain import Substitutions

HOME = ROOT / "agreement"
FILE = "harnesses.toml"
SCHEMA = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Harness:
    """A language's benchmark harness, in a folder with a program that has it time one of ours.

    `fetch` are the commands that make it ready, `command` what starts it; `known` says, in
    sentences, what it does otherwise than we.
    """

    runner: str
    name: str
    folder: Path
    fetch: Commands
    command: tuple[str, ...]
    known: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Harnesses:
    """All harnesses, by their runner, and the contenders (ids) of each workload that they time."""

    by_runner: Mapping[str, Harness]
    pairs: Mapping[str, Sequence[str]]


def read_harnesses(home: Path = HOME) -> Harnesses:
    """Read the table in a folder. Raises TableError."""
    table = read_table(home / FILE, f"{home.name}/{FILE}")
    table.insist_on("schema", "harness", "pair")
    if table.values.get("schema") != SCHEMA:
        raise table.fail("schema", f"must be {SCHEMA}")
    harnesses = [_harness(row, home) for row in table.tables("harness")]
    return Harnesses(
        by_runner={harness.runner: harness for harness in harnesses},
        pairs=dict(_pair(row) for row in table.tables("pair")),
    )


def _harness(row: Table, home: Path) -> Harness:
    row.insist_on("runner", "name", "fetch", "command", "known")
    runner = row.text("runner")
    return Harness(
        runner=runner,
        name=row.text("name"),
        folder=home / runner,
        fetch=row.commands("fetch") if "fetch" in row else (),
        command=row.texts("command"),
        known=row.text("known"),
    )


def _pair(row: Table) -> tuple[str, Sequence[str]]:
    row.insist_on("workload", "contenders")
    return row.text("workload"), row.texts("contenders")


def make_ready(harness: Harness, runner: Ready) -> None:
    """Fetch a harness, and build it with the programs of its runner, where that is not done yet.

    Raises BuildError.
    """
    if not harness.fetch:
        return
    stamp, wanted = harness.folder / STAMP, _wanted(harness, runner)
    try:
        if _stamped(stamp) == wanted:
            return
        stamp.unlink(missing_ok=True)
        run_build(harness.fetch, harness.folder, runner.substitutions)
        replace(stamp, json.dumps(wanted))
    except OSError as error:
        raise BuildError(
            f"the files of {harness.name} cannot be read or written: {error.strerror}"
        ) from error


def _wanted(harness: Harness, runner: Ready) -> object:
    fetched = [[*command] for command in harness.fetch]
    made_of = [content_hash(harness.folder), runner.hash, runner.version]
    return [*made_of, fetched, _named(runner.substitutions)]


def _named(substitutions: Substitutions) -> list[list[str]]:
    return sorted([name, str(path)] for name, path in substitutions.items())


def _stamped(stamp: Path) -> object:
    try:
        found: object = json.loads(stamp.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError, RecursionError):
        return None
    return found
