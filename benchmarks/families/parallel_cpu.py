"""Family `parallel-cpu`: pure computation, alone and two jobs per usable CPU."""

from benchmarks.families._checksum import Checksum
from benchmarks.families._model import Family, Workload
from results.format import FigurePlan
from runners import cpus

_ROUNDS = 1_500_000  # of a job, alone and among others: the speed-up compares them
_WORKERS = cpus.usable()  # counted once, so that no program counts for itself
_SPEED_UP = FigurePlan(
    key="speed-up",
    kind="speed-up",
    of=None,
    drawn="bars",
    unit="1",
    axis="speed-up",
    heading="Speed-up over one job",
    caption="Number of jobs × time of one / time of all, within blocks, with its 95 % interval.",
    told="speed-up over one job",
)

FAMILY = Family(
    name="parallel-cpu",
    set="await",
    place=110,
    proof=Checksum(rounds="rounds"),
    example={"size": 1, "seed": 1, "rounds": _ROUNDS, "workers": 1},
    item="job",
    claim="Parallel execution: yes with Task.Run, limited in Python.",
    limits="The languages' arithmetic at its best: compare the speed-up. Jobs share nothing;"
    " what it costs to hand over data is not part of it.",
    figures=(_SPEED_UP,),
    workloads=(
        Workload(
            name="parallel-cpu-one",
            question="How long does one job of pure computation take?",
            params={"size": 1, "rounds": _ROUNDS, "workers": _WORKERS},
            young=3,
            pilot_s=0.05,
        ),
        Workload(
            name="parallel-cpu",
            question="And two jobs per CPU: does it run in parallel?",
            params={"size": 2 * _WORKERS, "rounds": _ROUNDS, "workers": _WORKERS},
            young=3,
            pilot_s=0.2,
        ),
    ),
)
