"""Runs of schema 1, completed in memory: what was true of every one of them, frozen.

Schema 1 said nothing of families: these are their declarations as its pages worded them.
"""

from collections.abc import Iterable
from typing import Any

from results.conform import Misfit, shown
from results.format import FamilyPlan, FigurePlan

OLDER_SCHEMA = 1

# What no schema-1 file has; one that has it is a forgery or of another schema.
_NEW_IN_RUN = ("families", "suite", "null_arm")
_NEW_IN_WORKLOAD = ("job_limit_s", "young", "lengths")
_JOB_LIMIT_S = 120.0
_JOB_LIMITS_S = {"timers-1m": 600.0}


def upgraded(parsed: Any) -> Any:
    """Return a parsed run.json of schema 1 with the keys of schema 2; `schema` still says 1.

    Anything else comes back as it is, for the reader to refuse. Raises `Misfit`.
    """
    if type(parsed) is not dict or parsed.get("schema") != OLDER_SCHEMA:
        return parsed
    _refuse_new_keys(parsed, _NEW_IN_RUN)
    completed: dict[str, Any] = parsed | {"families": [], "suite": None, "null_arm": {}}
    workloads = parsed.get("workloads")
    if type(workloads) is list:
        names = [each.get("family") for each in workloads if type(each) is dict]
        completed["families"] = declarations(name for name in names if type(name) is str)
        completed["workloads"] = [_workload(e) if type(e) is dict else e for e in workloads]
    return completed


def declarations(names: Iterable[str]) -> list[FamilyPlan]:
    """Return what a page of schema 1 said of each family, one it did not know included."""
    return [_FAMILIES.get(name) or _family(name, "item") for name in dict.fromkeys(names)]


def _workload(workload: dict[str, Any]) -> dict[str, Any]:
    _refuse_new_keys(workload, _NEW_IN_WORKLOAD)
    name = workload.get("name")
    limit = _JOB_LIMITS_S.get(name, _JOB_LIMIT_S) if type(name) is str else _JOB_LIMIT_S
    return workload | {"job_limit_s": limit, "young": None, "lengths": {}}


def _refuse_new_keys(parsed: dict[str, Any], keys: Iterable[str]) -> None:
    for key in keys:
        if key in parsed:
            raise Misfit(f"it has the key {shown(key)}, which schema {OLDER_SCHEMA} does not know")


def _family(
    name: str,
    item: str,
    claim: str = "",
    limits: str = "",
    *,
    overlap: bool = False,
    fields: Iterable[str] = (),
    figures: Iterable[FigurePlan] | None = None,
) -> FamilyPlan:
    return FamilyPlan(
        name=name,
        item=item,
        claim=claim,
        limits=limits,
        overlap=overlap,
        network=False,
        size=["size"],
        fields=list(fields),
        figures=[_per_item(item)] if figures is None else list(figures),
    )


def _per_item(item: str) -> FigurePlan:
    return FigurePlan(
        key="per-item",
        kind="per-item",
        of=None,
        drawn="dots",
        unit="ns",
        axis=f"real time per {item}",
        heading=f"Time per {item}",
        caption=f"Real time over the number of items: one {item} on average, with its 95 % "
        "interval. The axis is logarithmic; right is slower.",
        told="",
    )


_OVERSHOOT = FigurePlan(
    key="overshoot",
    kind="beyond",
    of="delay_ns",
    drawn="by-size",
    unit="ns",
    axis="overshoot",
    heading="How much later than the ideal",
    caption="Real time beyond the delay itself, against the number of delays that are "
    "pending at once. Both axes are logarithmic; upright bars are 95 % intervals.",
    told="",
)
_MEMORY = FigurePlan(
    key="memory",
    kind="memory-per-item",
    of=None,
    drawn="by-size",
    unit="bytes",
    axis="memory per pending await",
    heading="Memory of one pending await",
    caption="(Peak memory with N delays − peak memory with one) / (N − 1), within blocks, "
    "against N. Both axes are logarithmic; a difference that is not positive stands in "
    "the table only.",
    told="memory per pending await",
)
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
_BOUNDS = FigurePlan(
    key="bounds",
    kind="total",
    of="block_ns",
    drawn="dots",
    unit="ns",
    axis="real time of all calls",
    heading="Between all at once and one after another",
    caption="Real time of all calls. The solid line is the time of a single call, "
    "which no number of threads can beat; the dashed one that of all {size} "
    "calls one after another.",
    told="",
)
_SPEED_UP = FigurePlan(
    key="speed-up",
    kind="speed-up",
    of=None,
    drawn="bars",
    unit="1",
    axis="speed-up",
    heading="Speed-up over one job",
    caption="Number of jobs × time of one / time of all, within blocks, with its 95 % interval.",
    told="speed-up over one job",
)
_PING = FamilyPlan(
    name="ping",
    item="ping",
    claim="",
    limits="",
    overlap=False,
    network=True,
    size=["chains", "sites_per_chain", "pings_per_site"],
    fields=[],
    figures=[],
)
_FAMILIES = {
    family["name"]: family
    for family in (
        _PING,
        _family(
            "timers",
            "delay",
            "An await suspends, and the loop or the pool goes on: many delays at once take as "
            "long as one.",
            "How late a single timer is while other work goes on, or timers of many "
            "durations. Peak memory includes what the runtime keeps for reuse.",
            overlap=True,
            figures=(_OVERSHOOT, _MEMORY),
        ),
        _family(
            "await-completed",
            "await",
            "Only if the awaited task is not completed does an await suspend.",
            "The await alone: making what is awaited is part of it, in every language.",
        ),
        _family(
            "await-suspended",
            "switch",
            "C# resumes by a continuation, Python by its event loop.",
            "A race of threads, or a queue: at any moment one of the two tasks has something "
            "to do.",
        ),
        _family(
            "spawn-join",
            "task",
            "A task is started by create_task, by Task.Run, or by calling an async function.",
            "What a task with work in it gains from a thread of its own: these have nothing "
            "to do and nothing to wait for.",
        ),
        _family(
            "state-machine",
            "call",
            "The compiler turns an async method into a state machine, similar to one by hand.",
            "Machines with many states, loops or handlers. What a step is differs between "
            "languages: compare within one.",
        ),
        _family(
            "dummy-loop",
            "turn",
            "Coroutines can be implemented on generators, with a small event loop of one's own.",
            "A real loop: the futures of this one answer at once, and it never waits for "
            "anything.",
        ),
        _family(
            "value-task",
            "call",
            "ValueTask<T> avoids allocations.",
            "What collecting costs later, or a pool that several threads use.",
            fields=("allocated_bytes",),
            figures=(_BYTES, _per_item("call")),
        ),
        _family(
            "styles",
            "step",
            "await is another way to write a chain of promises, continuations or callbacks.",
            "Errors, cancellation and branching, where the styles differ most for who writes "
            "them.",
        ),
        _family(
            "cancel",
            "cancellation",
            "In Python just cancel the task; in C# pass a CancellationToken along.",
            "Tasks that refuse, or have much to undo.",
        ),
        _family(
            "blocking",
            "call",
            "A call that blocks holds up the loop; in a pool it blocks one thread only.",
            "What else stood still meanwhile: that is among the claims. The calls wait and "
            "use no CPU.",
            overlap=True,
            figures=(_BOUNDS,),
        ),
        _family(
            "parallel-cpu",
            "job",
            "Parallel execution: yes with Task.Run, limited in Python.",
            "The languages' arithmetic at its best: compare the speed-up. Jobs share nothing;"
            " what it costs to hand over data is not part of it.",
            figures=(_SPEED_UP,),
        ),
    )
}
