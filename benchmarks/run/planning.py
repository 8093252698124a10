"""From what was selected to run.json: everything that is fixed before the first invocation."""

import secrets
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import prod

from benchmarks.families import Workload, declarations, family_of
from benchmarks.ping.live import PAUSE_S, live_plan
from benchmarks.run.machine import describe_machine
from benchmarks.run.placement import CpuPlacement
from benchmarks.run.schedule import draw_schedule
from benchmarks.run.selection import Entry, Selection
from benchmarks.run.suite import describe_suite
from results.format import (
    SCHEMA,
    ContenderPlan,
    FamilyPlan,
    GroupPlan,
    Placement,
    RunFile,
    WorkloadPlan,
)
from results.plan import DELTA, count_comparisons
from results.text import plain

SPAWN_S = 0.12  # start, stop and bookkeeping of one invocation, for estimates only
# What a ping takes in a run's files, both sides of it, and what a run takes without any.
_PING_BYTES = 20
_RUN_BYTES = 20_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What a run was asked for, checked."""

    profile: str
    blocks: int
    seed: int
    selection: Selection
    placement: CpuPlacement
    sites: list[list[str]] | None
    command: str


def make_plan(request: Request) -> RunFile:
    """Draw the schedule and describe everything that takes part."""
    selection = request.selection
    if request.sites is None:
        plans = [_workload_plan(w, request.profile) for w in selection.workloads]
    else:
        plans = [live_plan(request.sites)]
    performers = {plan["name"]: _performers(selection.entries, plan["family"]) for plan in plans}
    ids = {name: [entry.contender.id for entry in group] for name, group in performers.items()}
    tiers = {entry.contender.id: entry.contender.tier for entry in selection.entries}
    labels = _labels(selection.entries)
    return RunFile(
        schema=SCHEMA,
        id=_new_id(request.profile if request.sites is None else "live"),
        started=time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        status="partial",
        mode="origin" if request.sites is None else "live",
        profile=request.profile,
        seed=request.seed,
        blocks=request.blocks,
        m=count_comparisons(ids, tiers) if request.sites is None else 0,
        delta=DELTA,
        command=request.command,
        schedule=draw_schedule(request.seed, request.blocks, ids),
        families=declarations(plan["family"] for plan in plans),
        workloads=plans,
        contenders=[_contender_plan(e, labels[e.contender.id]) for e in selection.entries],
        skipped=list(selection.skipped),
        given_up=[],
        machine=describe_machine(),
        placement=_placement(request.placement),
        sites=request.sites,
        suite=describe_suite(),
        null_arm={},
    )


def _performers(entries: Sequence[Entry], family: str) -> list[Entry]:
    return [entry for entry in entries if family in entry.contender.families]


def _workload_plan(workload: Workload, profile: str) -> WorkloadPlan:
    family, length = family_of(workload), workload.lengths[profile]
    plan = WorkloadPlan(
        name=workload.name,
        family=family.name,
        set=family.set,
        question=workload.question,
        iterations=length["iterations"],
        warmup=length["warmup"],
        job_limit_s=workload.job_limit_s,
        young=None,
        lengths={},
        params={**workload.params},
    )
    if workload.steady_after is not None:
        plan["steady_after"] = workload.steady_after
    return plan


def _labels(entries: Sequence[Entry]) -> dict[str, str]:
    """Return what each contender is called: its label, with its id where another has the same."""
    labels = {entry.contender.id: plain(entry.contender.label, 80) for entry in entries}
    # The report shows any white space as one blank.
    counts = Counter(" ".join(label.split()) for label in labels.values())
    return {
        name: label if counts[" ".join(label.split())] == 1 else f"{label} ({name})"
        for name, label in labels.items()
    }


def _contender_plan(entry: Entry, label: str) -> ContenderPlan:
    contender, manifest = entry.contender, entry.runner.manifest
    return ContenderPlan(
        id=contender.id,
        runner=contender.runner,
        name=contender.name,
        label=label,
        language=plain(manifest.language, 80),
        color=manifest.color,
        tier=contender.tier,
        families=list(contender.families),
        version=entry.runner.version,
        hash=entry.runner.hash,
        command=[plain(part, 200) for part in contender.command],
        sources=list(contender.sources),
    )


def _placement(placement: CpuPlacement) -> Placement:
    return Placement(
        mode=placement.mode,
        harness=sorted(placement.harness),
        programs=sorted(placement.programs),
    )


def _new_id(profile: str) -> str:
    return f"{time.strftime('%Y%m%d-%H%M%S', time.gmtime())}-{profile}-{secrets.token_hex(2)}"


def invocations(schedule: Sequence[Sequence[GroupPlan]]) -> int:
    """Return how many invocations a schedule asks for."""
    return sum(len(group["order"]) for block in schedule for group in block)


def seconds(run: RunFile, workloads: Sequence[Workload]) -> float:
    """Estimate how long a run takes, from the workloads' pilots."""
    if run["mode"] == "live":
        return invocations(run["schedule"]) * (SPAWN_S + PAUSE_S)
    pilots = {workload.name: workload.pilot_s for workload in workloads}
    each = {p["name"]: SPAWN_S + p["iterations"] * pilots[p["name"]] for p in run["workloads"]}
    return sum(
        each[group["workload"]] * len(group["order"])
        for block in run["schedule"]
        for group in block
    )


def disk_bytes(run: RunFile) -> int:
    """Estimate what a run's files take."""
    families = {family["name"]: family for family in run["families"]}
    pings = {
        plan["name"]: plan["iterations"] * _pings(plan, families[plan["family"]])
        for plan in run["workloads"]
    }
    return files_bytes(
        sum(
            pings[group["workload"]] * len(group["order"])
            for block in run["schedule"]
            for group in block
        )
    )


def _pings(plan: WorkloadPlan, family: FamilyPlan) -> int:
    sizes: list[int] = [plan["params"][name] for name in family["size"]]
    return prod(sizes) if family["network"] else 0


def files_bytes(pings: int) -> int:
    """Estimate what the files of a run with that many pings take."""
    return _RUN_BYTES + pings * _PING_BYTES
