"""Family `await-suspended`: two tasks that resume each other."""

from benchmarks.families._checksum import Checksum
from benchmarks.families._figures import time_per
from benchmarks.families._model import Family, Workload

FAMILY = Family(
    name="await-suspended",
    set="await",
    place=30,
    proof=Checksum(),
    example={"size": 1, "seed": 1},
    item="switch",
    claim="C# resumes by a continuation, Python by its event loop.",
    limits="A race of threads, or a queue: at any moment one of the two tasks has something "
    "to do.",
    figures=(time_per("switch"),),
    workloads=(
        Workload(
            name="await-suspended",
            question="What does a real suspension and resumption cost: two tasks that pass a value "
            "100,000 times?",
            params={"size": 100_000},
            young=8,
            pilot_s=0.07,
        ),
    ),
)
