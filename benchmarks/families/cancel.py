"""Family `cancel`: cancelling what is pending."""

from benchmarks.families._checksum import Checksum
from benchmarks.families._model import Family, Workload
from results.format import FigurePlan

_TIME = FigurePlan(
    key="cancel",
    kind="field-per-item",
    of="cancel_ns",
    drawn="dots",
    unit="ns",
    axis="time per cancellation",
    heading="Time per cancellation",
    caption="From just before the first task is cancelled until the last has ended, over the number "
    "of tasks, with its 95 % interval. Starting them is not part of it. Each task is cancelled by "
    "itself, but where a contender says that all share a token or signal. The axis is logarithmic; "
    "right is slower.",
    told="time per cancellation",
)

FAMILY = Family(
    name="cancel",
    set="await",
    place=90,
    proof=Checksum(fields=("cancel_ns",), part="cancel_ns"),
    example={"size": 1, "seed": 1},
    item="task",
    claim="In Python just cancel the task; in C# pass a CancellationToken along.",
    limits="Tasks that refuse, or have much to undo, and what it takes to start them: only the "
    "cancelling is timed.",
    figures=(_TIME,),
    workloads=(
        Workload(
            name="cancel",
            question="How long does it take to cancel 10,000 pending tasks, until the last has "
            "ended?",
            params={"size": 10_000},
            young=4,
            pilot_s=0.13,
        ),
    ),
)
