"""From what was selected to run.json: everything that is fixed before the first invocation."""

import secrets
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import reduce
from itertools import chain
from math import prod
from operator import or_

from benchmarks.families import FAMILIES, WORKLOADS, Workload, declarations, family_of
from benchmarks.ping.live import PAUSE_S, live_plan
from benchmarks.run.lengths import SPAWN_S
from benchmarks.run.machine import describe_machine
from benchmarks.run.profiles import PROFILES
from benchmarks.run.schedule import draw_null_arm, draw_schedule
from benchmarks.run.selection import Entry, Selection
from benchmarks.run.suite import describe_suite
from results.format import (
    AGAIN,
    SCHEMA,
    ContenderPlan,
    GroupPlan,
    Placement,
    RunFile,
    WorkloadPlan,
    length_of,
)
from results.plan import DELTA, count_comparisons
from results.text import plain
from runners.limits import Needs

# For estimates only: what a ping costs when its iteration is over, to be formatted, read and judged.
_KEPT_S = 5e-6
# What a ping takes in a run's files, both sides of it, and what a run takes without any.
_PING_BYTES = 20
_RUN_BYTES = 20_000_000


def make_plan(
    selection: Selection,
    *,
    profile: str,
    blocks: int,
    seed: int,
    placement: Placement,
    sites: list[list[str]] | None,
    command: str,
) -> RunFile:
    """Draw the schedule and describe everything that takes part; `sites` are those of live mode.

    Processes of steady workloads are as young as the others: `with_lives` makes them live on.
    """
    plans = plan_workloads(selection.workloads, profile, sites)
    contenders = [entry.contender for entry in selection.entries]
    ids = {p["name"]: [c.id for c in contenders if p["family"] in c.families] for p in plans}
    tiers = {contender.id: contender.tier for contender in contenders}
    labels = _labels(selection.entries)
    now, name = time.gmtime(), profile if sites is None else "live"
    again = profile in PROFILES and PROFILES[profile].null_arm and sites is None
    null_arm = draw_null_arm(seed, ids) if again else {}
    return RunFile(
        schema=SCHEMA,
        id=f"{time.strftime('%Y%m%d-%H%M%S', now)}-{name}-{secrets.token_hex(2)}",
        started=time.strftime("%Y-%m-%dT%H:%M:%SZ", now),
        status="partial",
        mode="origin" if sites is None else "live",
        profile=profile,
        seed=seed,
        blocks=blocks,
        m=count_comparisons(ids, tiers) if sites is None else 0,
        delta=DELTA,
        command=command,
        schedule=draw_schedule(seed, blocks, ids, null_arm),
        families=declarations(plan["family"] for plan in plans),
        workloads=plans,
        contenders=[_contender_plan(e, labels[e.contender.id]) for e in selection.entries],
        skipped=list(selection.skipped),
        given_up=[],
        machine=describe_machine(),
        placement=placement,
        sites=sites,
        suite=describe_suite(),
        null_arm=null_arm,
    )


def plan_workloads(
    workloads: Iterable[Workload], profile: str, sites: list[list[str]] | None
) -> list[WorkloadPlan]:
    """Return the plans of workloads that the profile has, or of live mode's own."""
    return [_workload_plan(w, profile) for w in workloads] if sites is None else [live_plan(sites)]


def _workload_plan(workload: Workload, profile: str) -> WorkloadPlan:
    family, steady = family_of(workload), workload.lives_on(profile)
    return WorkloadPlan(
        name=workload.name,
        family=family.name,
        set=family.set,
        question=workload.question,
        iterations=workload.youth["iterations"],
        warmup=workload.youth["warmup"],
        job_limit_s=workload.job_limit_s,
        measures="steady" if steady else "young" if workload.young else "first",
        young=workload.young,
        lengths={},
        params={**workload.params},
    )


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
    plan = ContenderPlan(
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
    if manifest.instead_of_await is not None:
        plan["instead_of_await"] = plain(manifest.instead_of_await, 300)
    if contender.sources_from is not None:
        plan["sources_from"] = contender.sources_from
    if contender.extra_headers:
        plan["extra_headers"] = list(contender.extra_headers)
    if contender.twin is not None:
        plan["twin"] = replace(contender, name=contender.twin).id
    if contender.floor:
        plan["floor"] = True
    return plan


def _due(schedule: Sequence[Sequence[GroupPlan]]) -> Counter[str]:
    """Return how many invocations of each workload a schedule asks for."""
    due: Counter[str] = Counter()
    for group in chain.from_iterable(schedule):
        due[group["workload"]] += len(group["order"])
    return due


def invocations(schedule: Sequence[Sequence[GroupPlan]]) -> int:
    """Return how many invocations a schedule asks for."""
    return _due(schedule).total()


def seconds(run: RunFile) -> float:
    """Estimate how long a run takes."""
    return len(run["schedule"]) * block_seconds(run)


def block_seconds(run: RunFile) -> float:
    """Estimate how long a block takes; all have the same invocations."""
    return sum(_group_s(run, group) for group in run["schedule"][0])


def _group_s(run: RunFile, group: GroupPlan) -> float:
    if run["mode"] == "live":
        return len(group["order"]) * (SPAWN_S + PAUSE_S)
    (plan,) = (plan for plan in run["workloads"] if plan["name"] == group["workload"])
    return sum(process_seconds(plan, contender) for contender in group["order"])


def process_seconds(plan: WorkloadPlan, contender: str) -> float:
    """Estimate how long a process of a contender takes in a workload, what is done with it included."""
    study = plan.get("studies", {}).get(contender.removesuffix(AGAIN))
    apart_s = SPAWN_S
    if study is None:
        iteration_s = next((w.pilot_s for w in WORKLOADS if w.name == plan["name"]), 0.0)
    else:
        apart_s, iteration_s = study.get("apart_ns", 0) / 1e9, study["pace_ns"] / 1e9
    kept_s = _KEPT_S * pings_of(plan)
    return apart_s + length_of(plan, contender)["iterations"] * (iteration_s + kept_s)


def pings_of(plan: WorkloadPlan) -> int:
    """Return how many pings an iteration of a workload has; 0 without a network."""
    family = FAMILIES[plan["family"]]
    return prod(int(plan["params"][key]) for key in family.size) if family.proof.network else 0


def disk_bytes(run: RunFile) -> int:
    """Estimate what a run's files take."""
    plans = {plan["name"]: plan for plan in run["workloads"]}
    pings = 0
    for group in chain.from_iterable(run["schedule"]):
        plan = plans[group["workload"]]
        iterations = sum(length_of(plan, contender)["iterations"] for contender in group["order"])
        pings += iterations * pings_of(plan)
    return files_bytes(pings)


def needs(run: RunFile) -> Needs:
    """Return what any invocation of a run takes of the machine."""
    if run["mode"] == "live":
        return Needs()
    each = (
        FAMILIES[p["family"]].proof.needs(p["params"], p["iterations"]) for p in run["workloads"]
    )
    return reduce(or_, each, Needs(file_bytes=disk_bytes(run)))


def files_bytes(pings: int) -> int:
    """Estimate what the files of a run with that many pings take."""
    return _RUN_BYTES + pings * _PING_BYTES
