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
        limits="How late a single timer is while other work goes on, or timers of many "
        "durations. Peak memory includes what the runtime keeps for reuse.",
        overlap=True,
    ),
    "await-completed": Claim(
        item="await",
        claim="Only if the awaited task is not completed does an await suspend.",
        limits="The await alone: making what is awaited is part of it, in every language.",
    ),
    "await-suspended": Claim(
        item="switch",
        claim="C# resumes by a continuation, Python by its event loop.",
        limits="A race of threads, or a queue: at any moment one of the two tasks has something "
        "to do.",
    ),
    "spawn-join": Claim(
        item="task",
        claim="A task is started by create_task, by Task.Run, or by calling an async function.",
        limits="What a task with work in it gains from a thread of its own: these have nothing "
        "to do and nothing to wait for.",
    ),
    "state-machine": Claim(
        item="call",
        claim="The compiler turns an async method into a state machine, similar to one by hand.",
        limits="Machines with many states, loops or handlers. What a step is differs between "
        "languages: compare within one.",
    ),
    "dummy-loop": Claim(
        item="turn",
        claim="Coroutines can be implemented on generators, with a small event loop of one's own.",
        limits="A real loop: the futures of this one answer at once, and it never waits for "
        "anything.",
    ),
    "value-task": Claim(
        item="call",
        claim="ValueTask<T> avoids allocations.",
        limits="What collecting costs later, or a pool that several threads use.",
    ),
    "styles": Claim(
        item="step",
        claim="await is another way to write a chain of promises, continuations or callbacks.",
        limits="Errors, cancellation and branching, where the styles differ most for who writes "
        "them.",
    ),
    "cancel": Claim(
        item="cancellation",
        claim="In Python just cancel the task; in C# pass a CancellationToken along.",
        limits="Tasks that refuse, or have much to undo.",
    ),
    "blocking": Claim(
        item="call",
        claim="A call that blocks holds up the loop; in a pool it blocks one thread only.",
        limits="What else stood still meanwhile: that is among the claims. The calls wait and "
        "use no CPU.",
        overlap=True,
    ),
    "parallel-cpu": Claim(
        item="job",
        claim="Parallel execution: yes with Task.Run, limited in Python.",
        limits="The languages' arithmetic at its best: compare the speed-up. Jobs share nothing;"
        " what it costs to hand over data is not part of it.",
    ),
}


def claim_of(family: str) -> Claim:
    """The family's claim; one without words where the page does not know it."""
    return _CLAIMS.get(family, Claim(item="item", claim="", limits=""))
