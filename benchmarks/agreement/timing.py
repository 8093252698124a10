"""One process in which a harness times one of our programs, and whether the work was done."""

import json
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypedDict

from benchmarks.agreement.harnesses import Harness
from benchmarks.families import FAMILIES
from benchmarks.ping.origin.handle import Origin
from results.conform import Misfit, conform, parsed
from results.errors import UnreadableRun
from results.files import bytes_of
from results.format import Length, WorkloadPlan
from results.text import plain
from runners.findings import Finding
from runners.process import Program, how_ended
from runners.roster import Ready
from runners.spawning import CannotStart, Start, machine_calls
from runners.toolchain import resolve

_LARGEST = 50_000_000  # bytes of a result
_SAID = 300


class Told(TypedDict, total=False):
    """What a harness's program writes: figures of one iteration in ns, and how much was done.

    `low_ns` and `high_ns` are the harness's own interval of 95 %, where it gives one. `calls` are
    all iterations that were done, warm-up included, `checksum` the sum of theirs mod 2³².
    """

    harness: str
    mean_ns: float
    low_ns: float
    high_ns: float
    samples_ns: list[float]
    calls: int
    checksum: int


_DUE = ("harness", "mean_ns", "samples_ns", "calls", "checksum")


class Timed(TypedDict):
    """What came of one process: what its harness told, if anything, and what was wrong, if anything."""

    told: Told | None
    broken: list[str]


def harness_start(harness: Harness, runner: Ready, program: Start) -> Start:
    """Return how a harness is started: like the program that it times, but for folder and command."""
    return Start(
        argv=tuple(resolve(harness.command, runner.substitutions)),
        folder=harness.folder,
        environment=program.environment,
        cpus=program.cpus,
        extra_headers=program.extra_headers,
    )


def time_once(
    start: Start, program: str, workload: WorkloadPlan, length: Length, origin: Origin
) -> Timed:
    """Have a harness time one of our programs, by the last word of its command line, in a process.

    It warms up for as many iterations as our own process does, and measures as many. Raises
    OriginLostError, or RefusedError where the machine does not let us.
    """
    proof = FAMILIES[workload["family"]].proof
    witness = proof.witness(workload, length["iterations"], start, origin)
    asked = {
        "family": witness.job.family,
        "params": witness.job.params,
        "program": program,
        "warmup": length["warmup"],
        "iterations": length["iterations"] - length["warmup"],
    }
    with tempfile.TemporaryDirectory(prefix="awaitbench-") as folder:
        job, result = Path(folder, "job.json"), Path(folder, "result.json")
        job.write_text(json.dumps(asked), encoding="utf-8")
        told: Told | None = None
        why = _run(start, [str(job), str(result)], workload["job_limit_s"], origin)
        if why is None:
            try:
                told = read_told(result)
            except (Misfit, UnreadableRun) as error:
                why = plain(f"its result cannot be used: {error}", _SAID)
    calls, checksum = (told["calls"], told["checksum"]) if told is not None else (0, 0)
    findings = witness.judge(calls, checksum)  # due in any case: the origin closes its sites
    return Timed(told=told, broken=_broken(why, findings, calls, length["iterations"]))


def _broken(why: str | None, findings: Sequence[Finding], calls: int, due: int) -> list[str]:
    if why is not None:
        return [why]
    found = [plain(f"{each.rule}: {each.seen}", _SAID) for each in findings]
    if calls < due:
        found.append(f"only {calls} iterations were done, of {due} that were due, warm-up included")
    return found


def read_told(file: Path) -> Told:
    """Read what a harness's program wrote. Raises Misfit or UnreadableRun."""
    told: Told = conform(parsed(bytes_of(file, _LARGEST)), Told, "the result")
    if lacking := [key for key in _DUE if key not in told]:
        raise Misfit(f"the result lacks {', '.join(lacking)}")
    if not told["mean_ns"] > 0 or not told["samples_ns"]:
        raise Misfit("the result has no time above 0")
    return told


def _run(start: Start, words: Sequence[str], limit_s: float, origin: Origin) -> str | None:
    """Run a harness to its end; return what went wrong, if anything."""
    try:
        with machine_calls():
            running = Program(replace(start, argv=(*start.argv, *words)))
    except CannotStart as error:
        return f"it could not be started: {error}"
    with machine_calls(), running as program:
        origin.guard(program.pid)
        program.close_stdin()
        status = program.wait_exit(time.monotonic_ns() + round(limit_s * 1e9))
        if status is not None:
            origin.guard(0)
        if status == 0:
            return None
        said = program.stderr.decode("utf-8", "replace").strip().splitlines()[-1:]
        how = how_ended(status) if status is not None else f"did not end within {limit_s:.0f} s"
        return plain(": ".join([f"it {how}", *said]), _SAID)
