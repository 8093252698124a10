"""What each ping leaves behind in the memory of the program that times it.

    .venv/bin/python -m scripts.memory_slope [CONTENDER]...

Has programs do the workload `parallel` with few and with many iterations, and compares the peak
memory at their first record. Bookkeeping is to weigh nothing beside the work: a longer measurement
would find a larger program. Without a name, all contenders that are not optional. Exit status 1
where a ping weighs over 64 bytes (five words, and room for chance), 2 where one cannot be measured.
"""

import sys
from collections.abc import Sequence
from statistics import median

from benchmarks.families import WORKLOADS
from benchmarks.ping.measure import measure_ping
from benchmarks.ping.origin.handle import Origin
from benchmarks.ping.params import PingParams
from benchmarks.run.lock import machine_lock
from results.errors import AwaitbenchError, MissingError
from runners import descendants
from runners.manifest import Contender
from runners.spawning import Start
from scripts.pings import FAMILY, programs

(PARALLEL,) = (workload for workload in WORKLOADS if workload.name == "parallel")
FEW, MANY = 1800, 5400  # iterations; .NET's heap goes on to find its size up to the first
JOB_LIMIT_S = 600
REPEATS = 3  # whose medians are compared: a collector moves a peak by a megabyte
MOST_BYTES = 64


def main(names: Sequence[str]) -> int:
    """Print a row for each contender; return the exit status."""
    heavy = False
    try:
        descendants.become_subreaper()
        print(f"{'contender':24}{FEW:6} iterations{MANY:6} iterations  bytes a ping")
        with machine_lock(), Origin() as origin:
            for program in programs(names):
                contender = program.contender
                few, many = peaks(contender, program.start, origin)
                slope = (many - few) / ((MANY - FEW) * FAMILY.items(PARALLEL))
                mark = " !" if slope > MOST_BYTES else ""
                print(
                    f"{contender.id:24}{mib(few):>17}{mib(many):>17}{slope:15.1f}{mark}", flush=True
                )
                heavy = heavy or slope > MOST_BYTES
    except AwaitbenchError as error:
        print(error, file=sys.stderr)
        return 2
    return 1 if heavy else 0


def peaks(contender: Contender, start: Start, origin: Origin) -> tuple[float, float]:
    """Return the peak memory with few and with many iterations, bytes. Raises MissingError."""
    found: dict[int, list[int]] = {FEW: [], MANY: []}
    for _ in range(REPEATS):
        for iterations, values in found.items():
            task = PingParams.of(PARALLEL.params).task(iterations)
            measured = measure_ping(task, start, origin, job_limit_s=JOB_LIMIT_S)
            memory = measured.observation.peak_rss_bytes
            if measured.findings or memory is None:
                seen = "; ".join(f"{each.rule}: {each.seen}" for each in measured.findings)
                raise MissingError(f"{contender.id} has no memory to compare: {seen}.")
            values.append(memory)
    return median(found[FEW]), median(found[MANY])


def mib(size: float) -> str:
    """Return a size as a text."""
    return f"{size / 2**20:.2f} MiB"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
