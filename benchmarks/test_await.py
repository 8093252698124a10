"""The front door for who knows pytest-benchmark: `pytest benchmarks/`.

A test for each contender and workload, whose clock is the program's own: rounds are iterations of
one process that verdicts of `run` would be about, and what lies around them is in no figure. An
invalid program fails with the rule that it broke. Comparisons are for `run`: here one process
follows another in a fixed order, so that a slow minute falls upon whoever has its turn.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import pytest

from benchmarks.families import FAMILIES, WORKLOADS, Workload, discover_runners
from benchmarks.run import planning
from benchmarks.run.execution import own_machine, single_invocations
from benchmarks.run.placement import place
from benchmarks.run.probe import PerformSome
from benchmarks.run.selection import Selection, choose_contenders, select, started
from results.errors import AwaitbenchError
from results.format import Quantity, RunFile, WorkloadPlan, length_of, quantity_of
from runners.findings import Finding
from runners.records import IterationRecord

_PROFILE = "default"


class _Replay:
    """A clock that moves, by as much as the program said, when an iteration is replayed."""

    def __init__(self) -> None:
        self.now_s = 0.0
        self._left: Iterator[float] = iter(())

    def load(self, seconds: Sequence[float]) -> None:
        self._left = iter(seconds)

    def step(self) -> None:
        self.now_s += next(self._left, 0.0)


_REPLAY = _Replay()


def program_clock() -> float:
    """The time that programs said their iterations took, in s, added up."""
    return _REPLAY.now_s


def _pairs() -> Iterator[Any]:
    """A parameter set for each contender and workload of the default profile; optional ones not."""
    contenders = choose_contenders(discover_runners(), ())
    for workload in WORKLOADS:
        if workload.takes_part(_PROFILE):
            family = next(f for f in FAMILIES.values() if workload in f.workloads)
            group = f"{workload.name} ({_quantity(workload)})"
            for contender in contenders:
                if family.name in contender.families:
                    marks = pytest.mark.benchmark(group=group, timer=program_clock)
                    name = f"{workload.name}-{contender.id}"
                    yield pytest.param(workload.name, contender.id, marks=marks, id=name)


def _quantity(workload: Workload) -> Quantity:
    return quantity_of(planning.plan_workloads([workload], _PROFILE, None)[0])


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """A plan of all that is asked for, who cannot take part and why, and what performs."""

    run: RunFile
    skipped: Mapping[str, str]
    perform: PerformSome


@pytest.fixture(scope="session")
def ground(request: pytest.FixtureRequest) -> Iterator[Ground]:
    """Build what the chosen tests need, hold the machine's lock, and look for today's pace."""
    params = [i.callspec.params for i in request.session.items if hasattr(i, "callspec")]
    asked = [p for p in params if {"workload", "contender"} <= p.keys()]
    say = partial(print, flush=True)
    try:
        with own_machine(None):
            selection = started(
                select(
                    discover_runners(),
                    profile=_PROFILE,
                    workload_names=[*dict.fromkeys(p["workload"] for p in asked)],
                    contender_names=[*dict.fromkeys(p["contender"] for p in asked)],
                    substitutions={},
                )
            )
            with single_invocations(_draft(selection), selection.entries, say) as (run, on):
                skipped = {s["id"]: s["reason"] for s in selection.skipped}
                yield Ground(run=run, skipped=skipped, perform=on.perform)
    except AwaitbenchError as error:
        pytest.exit(str(error), returncode=error.exit_status)


def _draft(selection: Selection) -> RunFile:
    placement, _ = place(None)
    return planning.make_plan(
        selection,
        profile=_PROFILE,
        blocks=1,
        seed=0,
        placement=placement,
        sites=None,
        command="pytest benchmarks/",
    )


@pytest.mark.parametrize(("workload", "contender"), _pairs())
def test_await(workload: str, contender: str, ground: Ground, benchmark: Any) -> None:
    """Measure one process, and hand what it told of its iterations to pytest-benchmark."""
    for name in (contender, contender.split("/")[0]):
        if name in ground.skipped:
            pytest.skip(ground.skipped[name])
    plan = next(plan for plan in ground.run["workloads"] if plan["name"] == workload)
    records = _records(ground.perform, plan, contender)
    seconds = _deciding(plan, contender, records)
    _REPLAY.load(seconds)
    benchmark.extra_info.update(
        contender=contender,
        quantity=quantity_of(plan),
        iterations=len(records),
        measured=len(seconds),
    )
    benchmark.pedantic(_REPLAY.step, rounds=len(seconds), iterations=1, warmup_rounds=0)


def _records(perform: PerformSome, plan: WorkloadPlan, contender: str) -> Sequence[IterationRecord]:
    """Perform an invocation; as in a run, one that breaks a rule is repeated once."""
    findings: Sequence[Finding] = ()
    for _ in range(2):
        measured = perform(plan["name"], contender, length_of(plan, contender)["iterations"])
        findings = measured.findings
        if not findings:
            return measured.observation.records
    pytest.fail("; ".join(f"{each.rule}: {each.seen}" for each in findings), pytrace=False)


def _deciding(
    plan: WorkloadPlan, contender: str, records: Sequence[IterationRecord]
) -> list[float]:
    """The times, in s, of the iterations that decide: steady, young, or the first."""
    part = FAMILIES[plan["family"]].proof.part
    if part is None:
        times = [(record.end_ns - record.start_ns) / 1e9 for record in records]
    else:
        times = [int(record.as_object()[part]) / 1e9 for record in records]
    match quantity_of(plan):
        case "first":
            return times[:1]
        case "young":
            return times[1 : (plan["young"] or 0) + 1]
        case _:
            return times[length_of(plan, contender)["warmup"] :]
