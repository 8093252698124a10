"""The figure of each family that answers the seeds' claim: what it is made from, and its words."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from results.format import WorkloadPlan
from reports.analysis.amounts import Amount
from reports.analysis.work_figures import (
    allocated_per_call,
    memory_per_await,
    overshoot,
    speed_up,
)
from reports.page.family_claims import claim_of
from reports.page.columns import Figure
from reports.page.context import Context
from reports.page.facts import free_cpus
from reports.analysis.work import size_of, whole

Figures = Mapping[str, Figure]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One workload's part of a figure: its name, its size, and who takes part, the best first.

    A contender without a figure is in `contenders` alone.
    """

    name: str
    size: int
    contenders: tuple[str, ...]
    figures: Figures


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One figure. `axis` names what is counted, in "ns", "bytes" or "1".

    `by_size` draws it against the size of the work; otherwise it has a row for each contender,
    with bars if it is counted `from_zero`, and upright lines at `marks`. `told` says in few words
    what the first screen shows of it, beside the times; where it is empty, nothing.
    """

    key: str
    heading: str
    caption: str
    axis: str
    unit: str
    columns: tuple[Column, ...]
    by_size: bool = False
    from_zero: bool = False
    marks: tuple[float, ...] = ()
    told: str = ""


def evidence_of(
    context: Context, family: str, workloads: Sequence[WorkloadPlan]
) -> tuple[Evidence, ...]:
    """The family's figures that have data; time per item where it has none of its own."""
    found = _OWN.get(family, _per_item)(context, workloads)
    return tuple(each for each in found if any(column.figures for column in each.columns))


def _timers(context: Context, workloads: Sequence[WorkloadPlan]) -> list[Evidence]:
    frames = context.frames
    late = [
        _column(context, w, overshoot(frames.iterations, w["name"], delay))
        for w in workloads
        if (delay := whole(w, "delay_ns"))
    ]
    one = next((w for w in workloads if size_of(w) == 1), None)
    heavy = []
    for workload in workloads:
        size = size_of(workload) or 0
        if one is not None and size > 1:
            found = memory_per_await(frames.invocations, one["name"], workload["name"], size)
            heavy.append(_column(context, workload, _measured_in(context, one, found)))
    return [
        Evidence(
            key="overshoot",
            heading="How much later than the ideal",
            caption="Real time beyond the delay itself, against the number of delays that are "
            "pending at once. Both axes are logarithmic; upright bars are 95 % intervals.",
            axis="overshoot",
            unit="ns",
            columns=tuple(late),
            by_size=True,
        ),
        Evidence(
            key="memory",
            heading="Memory of one pending await",
            caption="(Peak memory with N delays − peak memory with one) / (N − 1), within blocks, "
            "against N. Both axes are logarithmic; a difference that is not positive stands in "
            "the table only.",
            axis="memory per pending await",
            unit="bytes",
            columns=tuple(heavy),
            by_size=True,
            told="memory per pending await",
        ),
    ]


def _per_item(context: Context, workloads: Sequence[WorkloadPlan]) -> list[Evidence]:
    item = claim_of(workloads[0]["family"]).item
    return [
        Evidence(
            key="per-item",
            heading=f"Time per {item}",
            caption=f"Real time over the number of items: one {item} on average, with its 95 % "
            "interval. The axis is logarithmic; right is slower.",
            axis=f"real time per {item}",
            unit="ns",
            columns=tuple(_real_over(context, w, size_of(w) or 1) for w in workloads),
        )
    ]


def _value_task(context: Context, workloads: Sequence[WorkloadPlan]) -> list[Evidence]:
    iterations = context.frames.iterations
    taken = [
        _column(context, w, allocated_per_call(iterations, w["name"], size_of(w) or 1))
        for w in workloads
    ]
    return [
        Evidence(
            key="bytes",
            heading="Bytes allocated per call",
            caption="What the runtime counted while the calls were made, over their number. "
            "A contender whose runtime cannot say has a dash.",
            axis="allocated per call",
            unit="bytes",
            columns=tuple(taken),
            from_zero=True,
            told="allocated per call",
        ),
        *_per_item(context, workloads),
    ]


def _blocking(context: Context, workloads: Sequence[WorkloadPlan]) -> list[Evidence]:
    found = []
    for place, workload in enumerate(workloads):
        call, size = whole(workload, "block_ns") or 0, size_of(workload) or 1
        found.append(
            Evidence(
                key=f"bounds-{place}",
                heading="Between all at once and one after another",
                caption="Real time of all calls. The solid line is the time of a single call, "
                f"which no number of threads can beat; the dashed one that of all {size:,} "
                "calls one after another.",
                axis="real time of all calls",
                unit="ns",
                columns=(_real_over(context, workload, 1),),
                marks=(float(call), float(size * call)) if call else (),
            )
        )
    return found


def _parallel_cpu(context: Context, workloads: Sequence[WorkloadPlan]) -> list[Evidence]:
    one = next((w for w in workloads if size_of(w) == 1), None)
    cpus = len(free_cpus(context.run)) or context.run["machine"]["cores"]
    columns = []
    for workload in workloads:
        size = size_of(workload) or 0
        if one is not None and size > 1 and _same_jobs(one, workload):
            found = speed_up(context.frames.iterations, one["name"], workload["name"], size)
            columns.append(_column(context, workload, _measured_in(context, one, found)))
    return [
        Evidence(
            key="speed-up",
            heading="Speed-up over one job",
            caption="Number of jobs × time of one / time of all, within blocks, with its 95 % "
            f"interval. {_ideal(cpus)}",
            axis="speed-up",
            unit="1",
            columns=tuple(columns),
            from_zero=True,
            marks=(1.0,) if cpus == 1 else (1.0, float(cpus)),
            told=f"speed-up over one job, {cpus} CPU{'' if cpus == 1 else 's'}",
        )
    ]


def _same_jobs(one: WorkloadPlan, many: WorkloadPlan) -> bool:
    """Whether two workloads differ in nothing but how many jobs they have."""
    return {**one["params"], "size": None} == {**many["params"], "size": None}


def _ideal(cpus: int) -> str:
    if cpus == 1:
        return "The programs had a single CPU, so that no more than 1, the line, can be expected."
    return f"The solid line is 1, no gain; the dashed one the ideal: {cpus} CPUs for the programs."


_OWN: Mapping[str, Callable[[Context, Sequence[WorkloadPlan]], list[Evidence]]] = {
    "timers": _timers,
    "value-task": _value_task,
    "blocking": _blocking,
    "parallel-cpu": _parallel_cpu,
}


def _real_over(context: Context, workload: WorkloadPlan, divisor: int) -> Column:
    """The summary's `real` of a workload, divided."""
    amounts = {}
    for contender in _placed(context, workload):
        row = context.estimate(workload["name"], contender, "real")
        if row is not None:
            low, high = row["low"], row["high"]
            amounts[contender] = Amount(
                value=row["value"] / divisor,
                low=None if low is None else low / divisor,
                high=None if high is None else high / divisor,
            )
    return _column(context, workload, amounts)


def _column(context: Context, workload: WorkloadPlan, amounts: Mapping[str, Amount]) -> Column:
    """Only contenders with a number in the workload: an invalid one has no figure anywhere."""
    contenders = _placed(context, workload)
    return Column(
        name=workload["name"],
        size=size_of(workload) or 1,
        contenders=contenders,
        figures={
            contender: Figure.of(amount)
            for contender in contenders
            if (amount := amounts.get(contender)) is not None
        },
    )


def _measured_in(
    context: Context, workload: WorkloadPlan, amounts: Mapping[str, Amount]
) -> Mapping[str, Amount]:
    """Those amounts whose contender has a number in `workload`, too."""
    valid = _placed(context, workload)
    return {contender: amount for contender, amount in amounts.items() if contender in valid}


def _placed(context: Context, workload: WorkloadPlan) -> tuple[str, ...]:
    standings = context.galleries[workload["name"]].standings
    return tuple(place.contender for standing in standings for place in standing.places)
