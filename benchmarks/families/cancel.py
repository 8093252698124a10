"""Family `cancel`: cancelling what is pending."""

from benchmarks.families._checksum import Checksum
from benchmarks.families._figures import time_per
from benchmarks.families._model import Family, Workload, every

FAMILY = Family(
    name="cancel",
    set="await",
    place=90,
    proof=Checksum(),
    example={"size": 1, "seed": 1},
    item="cancellation",
    claim="In Python just cancel the task; in C# pass a CancellationToken along.",
    limits="Tasks that refuse, or have much to undo.",
    figures=(time_per("cancellation"),),
    workloads=(
        Workload(
            name="cancel",
            question="How long does it take to cancel 10,000 pending tasks, until the last has "
            "ended?",
            params={"size": 10_000},
            lengths=every(5, 2),
            pilot_s=0.13,
        ),
    ),
)
