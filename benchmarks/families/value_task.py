"""Family `value-task`: Task and ValueTask, in time and memory."""

from benchmarks.families._checksum import Checksum
from benchmarks.families._figures import time_per
from benchmarks.families._model import Family, Workload
from results.format import FigurePlan

_BYTES = FigurePlan(
    key="bytes",
    kind="field-per-item",
    of="allocated_bytes",
    drawn="bars",
    unit="bytes",
    axis="allocated per call",
    heading="Bytes allocated per call",
    caption="What the runtime counted while the calls were made, over their number. "
    "A contender whose runtime cannot say has a dash.",
    told="allocated per call",
)

FAMILY = Family(
    name="value-task",
    set="await",
    place=70,
    proof=Checksum(fields=("allocated_bytes",)),
    example={"size": 1, "seed": 1, "suspend": False},
    item="call",
    claim="ValueTask<T> avoids allocations.",
    limits="What collecting costs later, or a pool that several threads use.",
    figures=(_BYTES, time_per("call")),
    workloads=(
        Workload(
            name="value-task-completed",
            question="What do Task and ValueTask cost, in time and memory, when a call completes "
            "at once?",
            params={"size": 1_000_000, "suspend": False},
            young=8,
            pilot_s=0.01,
        ),
        Workload(
            name="value-task-suspended",
            question="What do Task and ValueTask cost, in time and memory, when a call suspends "
            "once?",
            params={"size": 1_000_000, "suspend": True},
            young=5,
            pilot_s=0.09,
        ),
    ),
)
