"""Family `dummy-loop`: the survey's event loop on generators."""

from benchmarks.families._checksum import Checksum
from benchmarks.families._figures import time_per
from benchmarks.families._model import Family, Workload

FAMILY = Family(
    name="dummy-loop",
    set="await",
    place=60,
    proof=Checksum(per_item=2),
    example={"size": 1, "seed": 1},
    item="turn",
    claim="Coroutines can be implemented on generators, with a small event loop of one's own.",
    limits="A real loop: the futures of this one answer at once, and it never waits for "
    "anything.",
    figures=(time_per("turn"),),
    workloads=(
        Workload(
            name="dummy-loop",
            question="How fast does the survey's dummy event loop turn, 100,000 turns?",
            params={"size": 100_000},
            young=8,
            pilot_s=0.03,
        ),
    ),
)
