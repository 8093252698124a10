"""How many calls of the kernel a ping takes, by program: what its time on loopback is made of.

    .venv/bin/python -m scripts.system_calls [CONTENDER]...

Has ping programs do `sequential` (a connection a ping) and `keep-alive` under `strace -f -c`, with few
iterations and with more: the difference belongs to the pings, whatever a runtime does when it starts.
Prints, for each, the calls a ping and the most frequent of them. Under strace everything is slow, so
that calls that depend on time (a collector's, a waiting thread's) are no measure of it. Without a name,
all ping contenders that take part in `make languages`. Exit status 2 where one cannot be watched.
"""

import re
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks.families import Workload
from benchmarks.ping.measure import measure_ping
from benchmarks.ping.origin.handle import Origin
from benchmarks.ping.params import PingParams
from benchmarks.run.lock import machine_lock
from benchmarks.run.placement import on_cpus, place
from results.errors import AwaitbenchError, MissingError
from runners import descendants
from runners.spawning import Start
from scripts.pings import FAMILY, programs

WATCHED = ("sequential", "keep-alive")  # workloads
FEW, MANY = 5, 25  # iterations
JOB_LIMIT_S = 300
MOST_NAMED = 6

# A row of `strace -c`: share, seconds, µs a call, calls, errors where there were any, and the name.
_ROW = re.compile(r"^\s*[\d.]+\s+[\d.]+\s+\d+\s+(\d+)\s+(?:\d+\s+)?(\w+)$", re.MULTILINE)


def main(names: Sequence[str]) -> int:
    """Print a row for each contender and workload; return the exit status."""
    status = 0
    try:
        descendants.become_subreaper()
        placement, _ = place(None)
        if shutil.which("strace") is None:
            raise MissingError("strace is not here: `apt-get install strace` brings it.")
        with machine_lock(), on_cpus(placement["harness"]), Origin() as origin:
            cpus = frozenset(placement["programs"])
            print(f"{'contender':20}{'workload':12}{'calls a ping':>13}  of these")
            for program in programs(names, cpus=cpus, optional_runners=True):
                for workload in (w for w in FAMILY.workloads if w.name in WATCHED):
                    named = f"{program.contender.id:20}{workload.name:12}"
                    try:
                        calls = calls_per_ping(program.start, workload, origin)
                    except MissingError as error:
                        print(f"{named}{'–':>13}  {error}", flush=True)
                        status = 2
                        continue
                    most = ", ".join(f"{n:.3g} {call}" for call, n in calls.most_common(MOST_NAMED))
                    print(f"{named}{calls.total():>13.1f}  {most}", flush=True)
    except AwaitbenchError as error:
        print(error, file=sys.stderr)
        return 2
    return status


def calls_per_ping(start: Start, workload: Workload, origin: Origin) -> Counter[str]:
    """Return how often a ping calls the kernel, by call. Raises MissingError."""
    few, many = (counted(start, workload, n, origin) for n in (FEW, MANY))
    pings = FAMILY.items(workload) * (MANY - FEW)
    return Counter({call: (many[call] - few[call]) / pings for call in many})


def counted(start: Start, workload: Workload, iterations: int, origin: Origin) -> Counter[str]:
    """Have a program do so many iterations under strace; return its calls. Raises MissingError."""
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "calls"
        argv = ("strace", "-f", "-c", "-o", str(log), *start.argv)
        task = PingParams.of(workload.params).task(iterations)
        seen = measure_ping(task, replace(start, argv=argv), origin, job_limit_s=JOB_LIMIT_S)
        if not log.exists() or len(seen.observation.records) != iterations:
            why = "; ".join(f"{each.rule}: {each.seen}" for each in seen.findings)
            raise MissingError(f"{workload.name} could not be watched: {why}.")
        return summary(log.read_text())


def summary(text: str) -> Counter[str]:
    """Return how often each call stands in what `strace -c` writes."""
    return Counter({row[2]: int(row[1]) for row in _ROW.finditer(text) if row[2] != "total"})


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
