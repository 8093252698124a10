"""Family `spawn-join`: starting and joining tasks that have nothing to do.

Contenders are named for what they do, since languages mean several things by starting a task.
"""

from benchmarks.families._checksum import Checksum
from benchmarks.families._figures import time_per
from benchmarks.families._model import Family, Workload

_WAYS = (
    "create_task: the body runs on the loop’s next turn. Async call: the body runs at once, in the "
    "caller; nothing is scheduled. Task.Run: the body goes to a thread of the pool. Yield once: the "
    "body suspends once, and is resumed."
)

FAMILY = Family(
    name="spawn-join",
    set="await",
    place=40,
    proof=Checksum(pending_bytes=3072),
    example={"size": 1, "seed": 1},
    item="task",
    claim="A task is started by create_task, by Task.Run, or by calling an async function.",
    limits="What a task with work in it gains from a thread of its own: these have nothing to do. "
    "The ways are not one thing in three languages: compare those that do the same, such as yield "
    "once.",
    figures=(time_per("task", _WAYS),),
    workloads=(
        Workload(
            name="spawn-join-10k",
            question="What does it cost to start and join 10,000 tasks that have nothing to do, or "
            "suspend once?",
            params={"size": 10_000},
            young=8,
            pilot_s=0.01,
        ),
        Workload(
            name="spawn-join-100k",
            question="What does it cost to start and join 100,000 tasks that have nothing to do, or "
            "suspend once?",
            params={"size": 100_000},
            young=3,
            pilot_s=0.15,
        ),
    ),
)
