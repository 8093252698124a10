"""The command line, driven from outside as a person or another program would."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
DEADLINE_S = 360.0
# A job that a script starts in the background is deaf to Ctrl-C, and so is what it starts: the
# commands that tests interrupt must hear it all the same. `env` becomes the command.
HEARING = ("env", "--default-signal=INT,QUIT,HUP,TERM")
POLL_S = 0.02


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """How a command ended: exit status, standard output, standard error."""

    status: int
    out: str
    err: str

    @property
    def said(self) -> str:
        """All that a person sees."""
        return self.out + self.err


class CommandLine:
    """The command line with its own temporary folder, lock and results, below `home`.

    It is started by the command `by`, which sets limits for instance, and becomes it.
    """

    def __init__(self, home: Path, *, results: Path | None = None, by: Sequence[str] = ()) -> None:
        self.home, self.by = home, by
        self.results = home / "results" if results is None else results
        self.temporary = home / "tmp"
        self.temporary.mkdir(parents=True, exist_ok=True)

    def start(self, *arguments: str | Path) -> "subprocess.Popen[str]":
        """Start a command in a process group of its own."""
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.home),
            "LANG": "C.UTF-8",
            "TMPDIR": str(self.temporary),
            "AWAITBENCH_OUT": str(self.results),
            "AWAITBENCH_LOCK": str(self.home / "lock"),
        }
        return subprocess.Popen(
            [*HEARING, *self.by, sys.executable, "-m", "benchmarks", *map(str, arguments)],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            start_new_session=True,
        )

    def finish(self, process: "subprocess.Popen[str]") -> Finished:
        """Wait for a started command."""
        try:
            out, err = process.communicate(timeout=DEADLINE_S)
        except subprocess.TimeoutExpired:
            process.kill()
            out, err = process.communicate()
            raise AssertionError(f"still running after {DEADLINE_S} s:\n{out}\n{err}") from None
        except BaseException:  # the test's deadline: nothing may be left running
            process.kill()
            raise
        assert "Traceback (most recent call last)" not in err, err
        return Finished(status=process.returncode, out=out, err=err)

    def do(self, *arguments: str | Path) -> Finished:
        """Run a command to its end."""
        return self.finish(self.start(*arguments))

    def run_arguments(self, *runners: Path, contenders: Iterable[str] = ()) -> list[str | Path]:
        """Return the smallest run of the survey by fakes: six blocks."""
        arguments: list[str | Path] = ["run", "--profile", "quick", "--blocks", "6"]
        arguments += ["--workload", "survey", "--seed", "7"]
        for folder in runners:
            arguments += ["--runner", folder]
        for contender in contenders or [f"{folder.name}/ping" for folder in runners]:
            arguments += ["--contender", contender]
        return arguments

    def the_run(self) -> "Run":
        """Return the only run on disk."""
        (folder,) = (file.parent for file in self.results.glob("*/run.json"))
        return Run(folder)


class Run:
    """A run on disk, read without the project's own reader."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.lines = folder / "invocations.jsonl"

    @property
    def file(self) -> dict[str, Any]:
        """run.json."""
        loaded: dict[str, Any] = json.loads((self.folder / "run.json").read_text())
        return loaded

    @property
    def summary(self) -> dict[str, Any]:
        """summary.json."""
        loaded: dict[str, Any] = json.loads((self.folder / "summary.json").read_text())
        return loaded

    @property
    def invocations(self) -> list[dict[str, Any]]:
        """The invocations whose lines are complete, in order."""
        if not self.lines.exists():
            return []
        return [json.loads(line) for line in self.lines.read_bytes().split(b"\n")[:-1]]

    @property
    def standing(self) -> list[tuple[int, str, int]]:
        """(block, contender, attempt) of what was not superseded, sorted."""
        return sorted(
            (one["block"], one["contender"], one["attempt"])
            for one in self.invocations
            if not one["superseded"]
        )


def comes_true(condition: Callable[[], bool], limit_s: float) -> bool:
    """Wait until `condition` holds, at most `limit_s`; tell whether it does."""
    deadline = time.monotonic() + limit_s
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(POLL_S)
    return True


def processes_in(folder: Path) -> list[int]:
    """Return the ids of living processes whose working folder lies in `folder`."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            here = Path(os.readlink(entry / "cwd"))
            zombie = (entry / "stat").read_text().rpartition(")")[2].split()[0] == "Z"
        except OSError:
            continue
        if here.is_relative_to(folder) and not zombie:
            found.append(int(entry.name))
    return found


def children_running(pid: int, module: str) -> list[int]:
    """Return the children of process `pid` that run the Python module `module`."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            command = (entry / "cmdline").read_bytes().split(b"\0")
        except (OSError, ValueError):
            continue
        if parent == pid and module.encode() in command:
            found.append(int(entry.name))
    return found
