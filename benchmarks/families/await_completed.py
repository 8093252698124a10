"""Family `await-completed`: awaiting what is already complete."""

from benchmarks.families._checksum import Checksum
from benchmarks.families._figures import time_per
from benchmarks.families._model import Family, Workload

FAMILY = Family(
    name="await-completed",
    set="await",
    place=20,
    proof=Checksum(),
    example={"size": 1, "seed": 1},
    item="await",
    claim="Only if the awaited task is not completed does an await suspend.",
    limits="The await alone: making what is awaited is part of it, in every language.",
    figures=(time_per("await"),),
    workloads=(
        Workload(
            name="await-completed",
            question="What does it cost to await something that is already complete, 100,000 "
            "times?",
            params={"size": 100_000},
            young=8,
            pilot_s=0.01,
        ),
    ),
)
