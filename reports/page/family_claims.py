"""What the seeds say behind each family without a network, and what its figures do not show."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """`item` is what one unit of a workload's size is called; the others are sentences.

    Where items `overlap` by design, real time over their number is no item's time and not shown.
    """

    item: str
    claim: str
    limits: str
    overlap: bool = False


_CLAIMS = {
    "timers": Claim(
        item="delay",
        claim="An await suspends, and the loop or the pool goes on: many delays at once take as "
        "long as one.",
        limits="A delay does no work when it ends. Peak memory includes what the runtime keeps "
        "for reuse.",
        overlap=True,
    ),
    "await-completed": Claim(
        item="await",
        claim="Only if the awaited task is not completed does an await suspend.",
        limits="One await that never suspends, in a tight loop; nothing of what makes it ready.",
    ),
    "await-suspended": Claim(
        item="switch",
        claim="C# resumes by a continuation, Python by its event loop.",
        limits="Two tasks in turn: no queue forms, and no other work waits for the thread.",
    ),
    "spawn-join": Claim(
        item="task",
        claim="A task is started by create_task, by Task.Run, or by calling an async function.",
        limits="Tasks that have nothing to wait for; some of these ways start them on the pool, "
        "others run them where they are called.",
    ),
    "state-machine": Claim(
        item="call",
        claim="The compiler turns an async method into a state machine, similar to one by hand.",
        limits="One method with a single await; a compiler has more to do with loops and handlers.",
    ),
    "dummy-loop": Claim(
        item="turn",
        claim="Coroutines can be implemented on generators, with a small event loop of one's own.",
        limits="The survey's toy: its futures answer at once, and it never waits for anything.",
    ),
    "value-task": Claim(
        item="call",
        claim="ValueTask<T> avoids allocations.",
        limits="Allocated bytes as the runtime counts them for its own thread. A language that "
        "cannot say has no figure.",
    ),
    "styles": Claim(
        item="step",
        claim="await is another way to write a chain of promises, continuations or callbacks.",
        limits="Steps that succeed, one after another; errors and early exits are where the "
        "styles differ for who writes them.",
    ),
    "cancel": Claim(
        item="cancellation",
        claim="In Python just cancel the task; in C# pass a CancellationToken along.",
        limits="Tasks that wait and do not resist; what a cancellation must undo is not part of it.",
    ),
    "blocking": Claim(
        item="call",
        claim="A call that blocks holds up the loop; in a pool it blocks one thread only.",
        limits="How wide a pool is by default decides; calls that block without using a CPU.",
        overlap=True,
    ),
    "parallel-cpu": Claim(
        item="job",
        claim="Parallel execution: yes with Task.Run, limited in Python.",
        limits="Jobs that share nothing and return one number; what it costs to pass data is "
        "not part of it.",
    ),
}


def claim_of(family: str) -> Claim:
    """The family's claim; one without words where the page does not know it."""
    return _CLAIMS.get(family, Claim(item="item", claim="", limits=""))
