"""Rule P5: what a program does with a job that it cannot do."""

import json
import time
from collections.abc import Callable

from benchmarks.families import Family
from results.text import gist, plain, quote
from runners.invocation import READY_LIMIT_S, STRAY_LINES
from runners.process import Ended, Late, Line, Program, TooLong
from runners.protocol import MalformedLine, parse_object, parse_ready
from runners.spawning import CannotStart, Start, machine_calls

ANSWER_LIMIT_S = 5.0


def bad_jobs(family: Family) -> dict[str, bytes]:
    """Return the lines that a program of `family` must refuse, by what is wrong with each."""
    params = family.example
    first, *rest = params
    good: dict[str, object] = {"family": family.name, "iterations": 1, "params": params}
    bad: dict[str, dict[str, object]] = {
        "family no-such-family": {**good, "family": "no-such-family"},
        "a job without params": {"family": family.name, "iterations": 1},
        f"params without {first}": {**good, "params": {key: params[key] for key in rest}},
        "iterations as a string": {**good, "iterations": "1"},
    }
    lines = {name: json.dumps(job).encode() + b"\n" for name, job in bad.items()}
    return {"a line that is not JSON": b"this is not JSON\n", **lines}


def judge_bad_jobs(
    family: Family, start: Start, until_ns: Callable[[], int]
) -> tuple[str | None, bool]:
    """Send each bad job to a process of its own, its input left open.

    `until_ns` gives the latest moment to wait for. Returns what was wrong, or None, and whether
    a process outlived its limit. Raises RefusedError.
    """
    for name, line in bad_jobs(family).items():
        try:
            with machine_calls(), Program(start) as program:
                problem, outlived = _judge(program, line, until_ns())
        except CannotStart as error:
            return f"the program could not be started: {error}", True
        if problem:
            return f"{name}: {problem}", outlived
    return None, False


def _judge(program: Program, line: bytes, until_ns: int) -> tuple[str | None, bool]:
    if not _ready(program, min(program.spawned_ns + int(READY_LIMIT_S * 1e9), until_ns)):
        return "no `ready`", True
    program.send(line)
    deadline = min(time.monotonic_ns() + int(ANSWER_LIMIT_S * 1e9), until_ns)
    status = program.wait_exit(deadline)
    if status is None:
        return f"still running after {ANSWER_LIMIT_S:.0f} s", True
    match program.next_line(0):
        case Ended(rest=b"") | Late():
            pass
        case Line(data=data) | Ended(rest=data):
            return f"{quote(data)} on standard output", False
        case TooLong():
            return "a line of over 16 MiB on standard output", False
    if status != 2:
        return f"status {status}, not 2; standard error: {gist(program.stderr) or 'nothing'}", False
    said = [text for text in program.stderr.decode("utf-8", "replace").splitlines() if text.strip()]
    if len(said) != 1:
        return f"{len(said)} lines on standard error, not 1: {plain(' / '.join(said), 200)}", False
    return None, False


def _ready(program: Program, deadline_ns: int) -> bool:
    """Wait for `ready`; other lines before it are P2's concern."""
    for _ in range(STRAY_LINES):
        match program.next_line(deadline_ns):
            case Line(data=data):
                try:
                    parse_ready(parse_object(data))
                    return True
                except MalformedLine:
                    continue
            case _:
                return False
    return False
