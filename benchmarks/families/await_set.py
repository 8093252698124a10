"""The workloads without a network: what the parts of await cost. Together the set `await`.

Warm-ups come from pilots (2026-11-22, two cores of a shared virtual machine, .NET 10.0, Node 20.20,
CPython 3.11; medians of five invocations of up to 50 iterations): .NET's tiered compilation needs
the longest, 7 iterations of `await-suspended`, 13 of `styles`, 15 of `await-completed` and
`state-machine`; in `spawn-join-10k` it is garbage collections, too, until 28.
"""

import os
from collections.abc import Mapping

from benchmarks.families._model import Length, Workload, WorkShape
from runners.invocation import RUN_JOB_LIMIT_S

_PROFILES = ("quick", "default", "publication")
_ROUNDS = 1_500_000  # of a job of parallel-cpu, alone and among others: the speed-up compares them


def _work(
    name: str,
    family: str,
    question: str,
    shape: WorkShape,
    *,
    lengths: Mapping[str, Length],
    pilot_s: float,
    job_limit_s: float = RUN_JOB_LIMIT_S,
) -> Workload:
    return Workload(
        name=name,
        family=family,
        set="await",
        question=question,
        lengths=lengths,
        pilot_s=pilot_s,
        shape=shape,
        job_limit_s=job_limit_s,
    )


def _every(iterations: int, warmup: int) -> dict[str, Length]:
    return dict.fromkeys(_PROFILES, Length(iterations, warmup))


def _timers(
    name: str,
    size: int,
    delay_ms: int,
    *,
    lengths: Mapping[str, Length],
    pilot_s: float,
    job_limit_s: float = RUN_JOB_LIMIT_S,
) -> Workload:
    return _work(
        name,
        "timers",
        f"{size:,} delay{'' if size == 1 else 's'} of {delay_ms:,} ms at once: how late is the "
        "last, and what does a pending await weigh?",
        WorkShape(size=size, own={"delay_ns": delay_ms * 1_000_000}),
        lengths=lengths,
        pilot_s=pilot_s,
        job_limit_s=job_limit_s,
    )


AWAIT_WORKLOADS = (
    _timers("timers-1", 1, 20, lengths=_every(6, 1), pilot_s=0.02),
    _timers("timers-1k", 1_000, 100, lengths=_every(4, 1), pilot_s=0.11),
    _timers("timers-10k", 10_000, 200, lengths=_every(3, 1), pilot_s=0.26),
    _timers("timers-100k", 100_000, 1_000, lengths={"publication": Length(3, 1)}, pilot_s=1.8),
    _timers(
        "timers-1m",
        1_000_000,
        5_000,
        lengths={"publication": Length(2, 1)},
        pilot_s=13.0,
        job_limit_s=600.0,  # Python took up to 46 s an iteration
    ),
    _work(
        "await-completed",
        "await-completed",
        "What does it cost to await something that is already complete, 100,000 times?",
        WorkShape(size=100_000),
        lengths=_every(22, 15),
        pilot_s=0.01,
    ),
    _work(
        "await-suspended",
        "await-suspended",
        "What does a real suspension and resumption cost: two tasks that pass a value 100,000 times?",
        WorkShape(size=100_000),
        lengths=_every(10, 7),
        pilot_s=0.07,
    ),
    _work(
        "spawn-join-10k",
        "spawn-join",
        "What does it cost to start and join 10,000 tasks that have nothing to wait for?",
        WorkShape(size=10_000),
        lengths=_every(34, 29),
        pilot_s=0.01,
    ),
    _work(
        "spawn-join-100k",
        "spawn-join",
        "What does it cost to start and join 100,000 tasks that have nothing to wait for?",
        WorkShape(size=100_000),
        lengths=_every(4, 2),
        pilot_s=0.15,
    ),
    _work(
        "state-machine",
        "state-machine",
        "What does the compiler's transformation cost beside the same method written by hand, "
        "100,000 calls?",
        WorkShape(size=100_000),
        lengths=_every(18, 15),
        pilot_s=0.025,
    ),
    _work(
        "dummy-loop",
        "dummy-loop",
        "How fast does the survey's dummy event loop turn, 100,000 turns?",
        WorkShape(size=100_000),
        lengths=_every(13, 9),
        pilot_s=0.03,
    ),
    _work(
        "value-task-completed",
        "value-task",
        "What do Task and ValueTask cost, in time and memory, when a call completes at once?",
        WorkShape(size=1_000_000, own={"suspend": False}),
        lengths=_every(16, 10),
        pilot_s=0.01,
    ),
    _work(
        "value-task-suspended",
        "value-task",
        "What do Task and ValueTask cost, in time and memory, when a call suspends once?",
        WorkShape(size=1_000_000, own={"suspend": True}),
        lengths=_every(6, 3),
        pilot_s=0.09,
    ),
    _work(
        "styles",
        "styles",
        "What does the style cost: await, continuations or callbacks over 100,000 steps?",
        WorkShape(size=100_000),
        lengths=_every(16, 13),
        pilot_s=0.12,
    ),
    _work(
        "cancel",
        "cancel",
        "How long does it take to cancel 10,000 pending tasks, until the last has ended?",
        WorkShape(size=10_000),
        lengths=_every(5, 2),
        pilot_s=0.13,
    ),
    _work(
        "blocking",
        "blocking",
        "What happens to 64 calls that block for 20 ms each?",
        WorkShape(size=64, own={"block_ns": 20_000_000}),
        lengths=_every(1, 0),  # it sleeps: the second is as long as the first
        pilot_s=1.0,
    ),
    _work(
        "parallel-cpu-one",
        "parallel-cpu",
        "How long does one job of pure computation take?",
        WorkShape(size=1, own={"rounds": _ROUNDS}),
        lengths=_every(4, 2),
        pilot_s=0.05,
    ),
    _work(
        "parallel-cpu",
        "parallel-cpu",
        "And two jobs per CPU: does it run in parallel?",
        WorkShape(size=2 * (os.cpu_count() or 1), own={"rounds": _ROUNDS}),
        lengths=_every(3, 1),
        pilot_s=0.2,
    ),
)
