"""When runtimes compile what they run, beside the warm-up W that a study found.

    .venv/bin/python -m scripts.compile_events [CONTENDER]...

Has ping programs of Node.js, .NET and Java do each workload for some seconds while V8's log, .NET's
runtime events and the JVM's log tell what gets optimised code, and when. Prints in which iteration a half, nine tenths
and all of the optimising compilations were over, and how many came after W and after 4 W. That is
told by the runtimes and not by wall times, so that it can contradict a study. Exit status 2 where a
program cannot be watched.
"""

import csv
import math
import re
import sys
import tempfile
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks.ping.measure import measure_ping
from benchmarks.ping.origin.handle import Origin
from benchmarks.ping.params import PingParams
from benchmarks.run.lock import machine_lock
from benchmarks.run.placement import on_cpus, place
from benchmarks.run.probe import StudyBook
from results.errors import AwaitbenchError, MissingError
from runners import descendants
from runners.building import run_build
from runners.spawning import Start
from runners.studies import Study
from scripts.pings import FAMILY, programs

SHIPPED = ("node/net", "node/http", "csharp/socket", "csharp/httpclient")
HOOK = Path(__file__).parent / "dotnet-hook"
LIFE_S = 8.0  # four times what .NET's last tier takes to come with one CPU
JOB_LIMIT_S = 120

# A line of the JVM's log: when, a number, attributes, the tier (4 is the optimising compiler's), and
# the method; what is thrown away has a line of the same kind.
_JVM_LINE = re.compile(r"\[(\d+)ns\]\s+\d+\s[\s%!sbn]*4\s+\S+::\S+(?!.*made not entrant)")

# Gives a start that tells of its compiler in a file, and what reads that file: moments in ns of the
# monotonic clock, from the one at which the process was spawned.
Watched = tuple[Start, Callable[[int], list[int]]]


def v8(start: Start, log: Path) -> Watched:
    """Have V8 log the code that it makes; optimised code is marked with `*`."""
    flags = ("--log-code", "--no-logfile-per-isolate", f"--logfile={log}")
    executable, *rest = start.argv

    def read(spawned_ns: int) -> list[int]:
        with log.open(encoding="utf-8", errors="replace", newline="") as lines:
            rows = [row for row in csv.reader(lines) if row[:1] == ["code-creation"]]
        return [spawned_ns + int(row[3]) * 1000 for row in rows if row[-1].startswith("*")]

    return replace(start, argv=(executable, *flags, *rest)), read


def dotnet(start: Start, log: Path) -> Watched:
    """Load a hook into .NET that listens to the runtime's events."""
    hook = {"DOTNET_STARTUP_HOOKS": str(built_hook(log.parent)), "COMPILE_EVENTS": str(log)}

    def read(_: int) -> list[int]:
        own = ("StartupHook", "CompileListener", "System.Diagnostics.Tracing.")
        lines = (line.split(" ", 1) for line in log.read_text(encoding="utf-8").splitlines())
        return [int(ns) for ns, method in lines if not method.startswith(own)]

    return replace(start, environment={**start.environment, **hook}), read


def built_hook(folder: Path) -> Path:
    """Build the hook once. Raises BuildError."""
    library = folder / "hook" / "hook.dll"
    if not library.exists():
        command = ("dotnet", "build", str(HOOK), "--output", str(library.parent), "--nologo")
        alone = ("--disable-build-servers", "-p:UseSharedCompilation=false")
        run_build(
            ((*command, *alone, f"-p:BaseIntermediateOutputPath={folder / 'obj'}/"),), folder, {}
        )
    return library


def jvm(start: Start, log: Path) -> Watched:
    """Have the JVM log what it begins to compile, by the monotonic clock."""
    flag = f"-Xlog:jit+compilation=debug:file={log}:timenanos"
    executable, *rest = start.argv

    def read(_: int) -> list[int]:
        found = _JVM_LINE.finditer(log.read_text(encoding="utf-8", errors="replace"))
        return [int(line[1]) for line in found]

    return replace(start, argv=(executable, flag, *rest)), read


WATCH: dict[str, Callable[[Start, Path], Watched]] = {"node": v8, "dotnet": dotnet, "java": jvm}


def main(names: Sequence[str]) -> int:
    """Print a row for each contender and workload; return the exit status."""
    columns = (
        "iterations",
        "W",
        "compiled",
        "half by",
        "90 % by",
        "all by",
        "after W",
        "after 4 W",
    )
    try:
        descendants.become_subreaper()
        placement, _ = place(None)
        with machine_lock(), on_cpus(placement["harness"]), Origin() as origin:
            found = starts(names or SHIPPED, frozenset(placement["programs"]))
            print(f"{'contender':20}{'workload':12}" + "".join(f"{c:>11}" for c in columns))
            with tempfile.TemporaryDirectory() as folder:
                for (contender, workload), (start, study) in found.items():
                    log = Path(folder) / f"{contender.replace('/', '-')}-{workload}.log"
                    cells = figures(watched(start, log), study, workload, origin)
                    print(f"{contender:20}{workload:12}" + "".join(f"{c:>11,}" for c in cells))
                    sys.stdout.flush()
    except AwaitbenchError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def starts(
    names: Sequence[str], cpus: frozenset[int]
) -> dict[tuple[str, str], tuple[Start, Study]]:
    """Return how to start each contender, and its study in each ping workload that has one.

    Raises UsageError and MissingError.
    """
    found: dict[tuple[str, str], tuple[Start, Study]] = {}
    for program in programs(names, cpus=cpus):
        contender, book = program.contender, StudyBook.open(program.manifest)
        studies = {w.name: book.find(w.name, contender.name, None)[0] for w in FAMILY.workloads}
        if not any(studies.values()):
            raise MissingError(f"{contender.id} has no study; `warm-up {contender.id}` makes one.")
        found |= {(contender.id, w): (program.start, s) for w, s in studies.items() if s}
    return found


def watched(start: Start, log: Path) -> Watched:
    """Return the start of a program whose compiler is watched. Raises MissingError."""
    executable = Path(start.argv[0]).name
    if executable not in WATCH:
        raise MissingError(f"Nothing here watches the compiler of {executable}.")
    return WATCH[executable](start, log)


def figures(how: Watched, study: Study, workload: str, origin: Origin) -> tuple[int, ...]:
    """Have a watched program live for some seconds, and return its row. Raises MissingError."""
    start, read = how
    # Who did not settle lives as long as in his study: nobody knows how long would be enough.
    fewest = 5 * study.warmup if study.ending == "settled" else study.iterations
    iterations = max(math.ceil(LIFE_S * 1e9 / study.steady_ns), fewest, 20)
    task = PingParams.of(_params(workload)).task(iterations)
    seen = measure_ping(task, start, origin, job_limit_s=JOB_LIMIT_S)
    observed = seen.observation
    if seen.findings or observed.job_ns is None or observed.startup_ns is None:
        why = "; ".join(f"{each.rule}: {each.seen}" for each in seen.findings)
        raise MissingError(f"{workload} could not be watched: {why}.")
    ends = [record.end_ns for record in observed.records]
    moments = sorted(read(observed.job_ns - observed.startup_ns))
    places = [bisect_left(ends, moment) for moment in moments if moment > observed.job_ns]
    if not places:
        raise MissingError(f"{workload}: the runtime told of no compilation at all.")
    half, most = places[len(places) // 2], places[9 * len(places) // 10]
    late = (sum(place > bound for place in places) for bound in (study.warmup, 4 * study.warmup))
    return iterations, study.warmup, len(places), half, most, places[-1], *late


def _params(workload: str) -> Mapping[str, Any]:
    return next(w.params for w in FAMILY.workloads if w.name == workload)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
