"""Family `styles`: await, continuations and callbacks."""

from benchmarks.families._checksum import Checksum
from benchmarks.families._figures import time_per
from benchmarks.families._model import Family, Workload

FAMILY = Family(
    name="styles",
    set="await",
    place=80,
    proof=Checksum(),
    example={"size": 1, "seed": 1},
    item="step",
    claim="await is another way to write a chain of promises, continuations or callbacks.",
    limits="Errors, cancellation and branching, where the styles differ most for who writes "
    "them.",
    figures=(time_per("step"),),
    workloads=(
        Workload(
            name="styles",
            question="What does the style cost: await, continuations or callbacks over 100,000 "
            "steps?",
            params={"size": 100_000},
            young=8,
            pilot_s=0.12,
        ),
    ),
)
