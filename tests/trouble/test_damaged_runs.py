"""Folders of runs are untrusted input: a damaged one is refused with a sentence, and unchanged."""

import json
import shutil
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.command_line import CommandLine, Finished
from tests.trouble.pair import Pair

pytestmark = pytest.mark.deadline(120)

RunFile = dict[str, Any]


def without(key: str) -> Callable[[RunFile], str]:
    return lambda run: json.dumps({name: value for name, value in run.items() if name != key})


def having(**changes: object) -> Callable[[RunFile], str]:
    return lambda run: json.dumps({**run, **changes})


def params_of_no_ping(run: RunFile) -> str:
    (workload, *others) = run["workloads"]
    params = {**workload["params"], "connection": "carrier pigeon"}
    return json.dumps({**run, "workloads": [{**workload, "params": params}, *others]})


RUN_FILES: dict[str, Callable[[RunFile], str]] = {
    "run.json a list": lambda run: "[]",
    "run.json nested deeply": lambda run: "[" * 200_000,
    "run.json not JSON": lambda run: json.dumps(run)[:-20],
    "no schedule": without("schedule"),
    "no machine": without("machine"),
    "no profile": without("profile"),
    "schedule of an unknown workload": having(
        schedule=[[{"workload": "nope", "order": ["pair/one"]}]] * 6
    ),
    "schedule a string": having(schedule="often"),
    "no contender": having(contenders=[]),
    "placement on no CPU": having(placement={"mode": "split", "harness": ["x"], "programs": []}),
}
LINES: dict[str, bytes] = {
    "line a list": b"[]\n",
    "line without keys": b"{}\n",
    "line not JSON": b"\xff\xfe\n{}\n",
}


COMMANDS: dict[str, list[str]] = {"resume": ["run", "--resume"], "report": ["report"]}
# What a page can be drawn from all the same.
ONLY_MEASURED = {"params of no ping": params_of_no_ping}
CASES = [
    *((command, damage) for damage in (*RUN_FILES, *LINES) for command in COMMANDS),
    *(("resume", damage) for damage in ONLY_MEASURED),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A damaged run that was given to a command, before and after."""

    done: Finished
    before: dict[str, bytes]
    after: dict[str, bytes]


def content(folder: Path) -> dict[str, bytes]:
    return {
        str(file.relative_to(folder)): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def give(pair: Pair, home: Path, command: str, damage: str) -> Given:
    """Damage a copy of the pair's run and give it to a command."""
    command_line = CommandLine(home)  # with a lock of its own
    folder = home / "damaged"
    shutil.copytree(pair.run.folder, folder)
    if (change := {**RUN_FILES, **ONLY_MEASURED}.get(damage)) is not None:
        (folder / "run.json").write_text(change(pair.run.file))
    else:
        (folder / "invocations.jsonl").write_bytes(LINES[damage])
    before = content(folder)
    arguments: list[str | Path] = [*COMMANDS[command], folder]
    if command == "resume":
        arguments += ["--runner", pair.folder]
    return Given(done=command_line.do(*arguments), before=before, after=content(folder))


Told = dict[tuple[str, str], Future[Given]]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory, pool: ThreadPoolExecutor) -> Told:
    pair = Pair(tmp_path_factory.mktemp("pair"))
    pair.interrupt()
    return {
        (command, damage): pool.submit(
            give, pair, tmp_path_factory.mktemp("given"), command, damage
        )
        for command, damage in CASES
    }


@pytest.mark.parametrize(("command", "damage"), CASES)
def test_a_damaged_run_is_refused_with_one_sentence_and_left_as_it_is(
    told: Told, damage: str, command: str
) -> None:
    given = told[command, damage].result()
    assert given.done.status == 2, given.done
    (error,) = given.done.err.strip().splitlines()
    assert error.startswith("Error: ")
    assert given.after == given.before
