"""Family `state-machine`: the compiler's transformation beside the same by hand."""

from benchmarks.families._checksum import Checksum
from benchmarks.families._figures import time_per
from benchmarks.families._model import Family, Workload

FAMILY = Family(
    name="state-machine",
    set="await",
    place=50,
    proof=Checksum(),
    example={"size": 1, "seed": 1},
    item="call",
    claim="The compiler turns an async method into a state machine, similar to one by hand.",
    limits="Machines with many states, loops or handlers. What a step is differs between "
    "languages: compare within one.",
    figures=(time_per("call"),),
    workloads=(
        Workload(
            name="state-machine",
            question="What does the compiler's transformation cost beside the same method written "
            "by hand, 100,000 calls?",
            params={"size": 100_000},
            young=8,
            pilot_s=0.025,
        ),
    ),
)
