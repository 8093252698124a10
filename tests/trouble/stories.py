"""Runs that are cut off, told once each; the tests look at what came of them."""

import os
import resource
import signal
from dataclasses import dataclass
from pathlib import Path

from tests.fakes.command_line import (
    CommandLine,
    Finished,
    children_running,
    comes_true,
    processes_in,
)
from tests.trouble.pair import Pair, Step

TORN = b'{"block":1,"posi'
LEAVING_S = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Interrupted:
    """Ctrl-C, then a line torn by hand, then resumed twice."""

    cut: Step
    resumed: Step
    again: Step


def interrupted(home: Path) -> Interrupted:
    pair = Pair(home)
    cut = pair.interrupt()
    with pair.run.lines.open("ab") as lines:
        lines.write(TORN)
    return Interrupted(cut=cut, resumed=pair.resume(), again=pair.resume())


@dataclass(frozen=True, slots=True, kw_only=True)
class Killed:
    """Kill -9: the processes that were left after a while; then resumed."""

    left: list[int]
    resumed: Step


def killed(home: Path) -> Killed:
    pair = Pair(home)
    left = kill_9(pair)
    return Killed(left=left, resumed=pair.resume())


def kill_9(pair: Pair) -> list[int]:
    """Kill a stalled run; return which of its origin and programs live on, and end those."""
    with pair.stalled() as process:
        started = children_running(process.pid, "benchmarks.ping.origin") + processes_in(
            pair.folder
        )
        assert len(started) == 2, started
        process.kill()
        process.communicate()
    comes_true(lambda: not living(started), LEAVING_S)
    left = living(started)
    for one in left:
        os.kill(one, signal.SIGKILL)
    return left


def living(processes: list[int]) -> list[int]:
    return [one for one in processes if Path(f"/proc/{one}/cwd").exists()]


@dataclass(frozen=True, slots=True, kw_only=True)
class CutOff:
    """Cut off by trouble, then resumed."""

    cut: Step
    resumed: Step


def origin_killed(home: Path) -> CutOff:
    pair = Pair(home)
    with pair.stalled() as process:
        (origin,) = children_running(process.pid, "benchmarks.ping.origin")
        os.kill(origin, signal.SIGKILL)
        pair.go_on()
        cut = pair.step(pair.command_line.finish(process))
    return CutOff(cut=cut, resumed=pair.resume())


def disk_filled(home: Path) -> CutOff:
    pair = Pair(home)
    with pair.stalled() as process:
        # From the process's point of view no file may grow any more, but for part of a line.
        size = pair.run.lines.stat().st_size + 100
        resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (size, size))
        pair.go_on()
        cut = pair.step(pair.command_line.finish(process))
    return CutOff(cut=cut, resumed=pair.resume())


def source_changed(home: Path) -> CutOff:
    pair = Pair(home)
    cut = pair.interrupt()
    with (pair.folder / "honest.py").open("a") as source:
        source.write("# changed\n")
    return CutOff(cut=cut, resumed=pair.resume())


def source_edited(home: Path) -> Step:
    """A program is edited while the run measures, and the run goes on to its end."""
    pair = Pair(home)
    with pair.stalled() as process:
        with (pair.folder / "honest.py").open("a") as source:
            source.write("# changed\n")
        pair.go_on()
        return pair.step(pair.command_line.finish(process))


@dataclass(frozen=True, slots=True, kw_only=True)
class Crowded:
    """A second run and a check, started while a run is measuring."""

    second: Finished
    second_lines: list[Path]
    check: Finished


def crowded(home: Path) -> Crowded:
    pair = Pair(home)
    other = CommandLine(home, results=home / "second")
    with pair.stalled():
        second = other.do(*pair.arguments)
        check = pair.command_line.do("check", "pair", "--runner", pair.folder, "--json")
    lines = list(other.results.glob("*/invocations.jsonl"))
    return Crowded(second=second, second_lines=lines, check=check)


def deaf_interrupted(home: Path) -> list[int]:
    """Ctrl-C while a program stalls that does not notice the end of its input."""
    pair = Pair(home, "stalls_deaf")
    pair.interrupt()
    return processes_in(pair.folder)


def deaf_killed(home: Path) -> list[int]:
    """Kill -9 while a program stalls that does not notice the end of its input."""
    return kill_9(Pair(home, "stalls_deaf"))
