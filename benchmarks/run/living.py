"""The lengths of a run's processes, put into run.json before the first block."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from benchmarks.families import WORKLOADS
from benchmarks.run.lengths import SPAWN_S, Life, lives
from benchmarks.run.planning import block_seconds, pings_of, process_seconds
from benchmarks.run.probe import Key, Probed
from benchmarks.run.profiles import PROFILES
from benchmarks.run.schedule import draw_schedule
from results.errors import UsageError
from results.format import AGAIN, Length, Override, RunFile, StudyPlan, WorkloadPlan
from results.limits import MOST_NUMBERS
from results.plan import MOST_BLOCKS

_FEWEST_STUDIED = 30  # iterations of a process in a study, however long they take
_APART_S = 45  # of a given time: what is not blocks, the pace probe and the page
_ROUNDS = 8  # of giving warm-ups what shorter ones left over


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a person asked for beside the profile: a time for the whole, or lengths for studies.

    In a study all processes live for `live_s`, and its last half is what is measured.
    """

    time_s: float | None = None
    live_s: float | None = None
    warmup: int | None = None
    measure: int | None = None
    blocks: bool = False


def with_lives(run: RunFile, probed: Mapping[Key, Probed], wish: Wish) -> RunFile:
    """Return the plan with the lengths of all processes, and with as many blocks as there is time.

    Within a given time warm-ups that a profile would cut are made longer first, then blocks are
    added. Raises UsageError where lengths by hand cannot be.
    """
    if not probed:
        return _without_steady(run, wish)
    profile = PROFILES.get(run["profile"])
    lives_s, block_s = None, 0.0
    # Slow starts, and the slower iterations of a warm-up, take of the same time.
    around_s = sum(each.pair.apart_s - SPAWN_S for each in probed.values())
    if profile is not None and profile.short:
        life_s = {workload.name: workload.life_s for workload in WORKLOADS}
        lives_s = sum(life_s[name] for name, _ in probed) - around_s
    if wish.time_s is not None:
        block_s = max(wish.time_s - _APART_S, 0) / run["blocks"]
        lives_s = (block_s - block_seconds(run)) * _share(run) - around_s
    planned = _planned(run, probed, lives_s, wish)
    for _ in range(_ROUNDS if wish.time_s is not None else 0):
        # A warm-up that is cut has fewer of its slower iterations, too, which were counted above.
        spare_s = (block_s - block_seconds(planned)) * _share(run)
        if lives_s is None or spare_s < block_s / 100 or not _cut(planned):
            break
        lives_s += 0.95 * spare_s  # iterations are rounded up
        planned = _planned(run, probed, lives_s, wish)
    return _filled(planned, wish)


def _cut(run: RunFile) -> bool:
    return any(s["cut"] for plan in run["workloads"] for s in plan.get("studies", {}).values())


def _without_steady(run: RunFile, wish: Wish) -> RunFile:
    if wish.warmup is not None or wish.measure is not None:
        raise UsageError(
            "--warm-up and --measure are about processes that live until they are steady, and this "
            "run has none: choose another workload, or the profile default."
        )
    return _filled(run, wish)


def _filled(run: RunFile, wish: Wish) -> RunFile:
    """Return the plan with as many blocks as fit into the time that was given, if any was."""
    if wish.time_s is None or wish.blocks:
        return run
    fitting = int((wish.time_s - _APART_S) / block_seconds(run))
    return _with_blocks(run, min(max(fitting, run["blocks"]), MOST_BLOCKS))


def _planned(
    run: RunFile, probed: Mapping[Key, Probed], lives_s: float | None, wish: Wish
) -> RunFile:
    found = lives(
        {key: each.pair for key, each in probed.items()},
        budget_s=lives_s,
        limits_s={plan["name"]: plan["job_limit_s"] for plan in run["workloads"]},
    )
    workloads = []
    for plan in run["workloads"]:
        own = {c: life for (name, c), life in found.items() if name == plan["name"]}
        workloads.append(_lived(plan, own, probed, wish) if own else plan)
    planned = run.copy()
    planned["workloads"] = workloads
    if wish.warmup is not None or wish.measure is not None:
        planned["override"] = Override(warmup=wish.warmup, measure=wish.measure)
        _insist_on_limits(planned)
    return planned


def _insist_on_limits(run: RunFile) -> None:
    """Raise UsageError where lengths by hand make a process exceed its limits: not its own fault."""
    for plan in run["workloads"]:
        for contender, length in plan["lengths"].items():
            if length["iterations"] > (most := _most_iterations(plan)):
                raise UsageError(
                    f"--warm-up and --measure give {contender} {length['iterations']:,} iterations in "
                    f"{plan['name']}, and {most:,} are the most whose pings are kept: give fewer."
                )
            seconds = process_seconds(plan, contender)
            if seconds > plan["job_limit_s"]:
                raise UsageError(
                    f"--warm-up and --measure give {contender} about {seconds:,.0f} s in "
                    f"{plan['name']}, and a process has {plan['job_limit_s']:.0f} s: give fewer."
                )


def _lived(
    plan: WorkloadPlan, own: Mapping[str, Life], probed: Mapping[Key, Probed], wish: Wish
) -> WorkloadPlan:
    lengths = {
        c: _wished(life.length, probed[plan["name"], c].pair.expected_s, wish)
        for c, life in own.items()
    }
    if wish.warmup is None and wish.measure is None:
        lengths = {c: _kept(length, _most_iterations(plan)) for c, length in lengths.items()}
    longest = max(lengths.values(), key=lambda length: length["iterations"])
    lived = plan.copy()
    lived["iterations"], lived["warmup"] = longest["iterations"], longest["warmup"]
    lived["lengths"] = lengths
    own_warmup = wish.warmup is None and wish.live_s is None  # not one that a person gave
    lived["studies"] = {
        c: _study(probed[plan["name"], c], lengths[c]["warmup"], own_warmup and life.cut)
        for c, life in own.items()
    }
    return lived


def _most_iterations(plan: WorkloadPlan) -> int:
    """Return how many iterations a process may have, so that its pings can be read again."""
    return MOST_NUMBERS // max(pings_of(plan), 1)


def _kept(length: Length, most: int) -> Length:
    """Return the length, or one of `most` iterations with a shorter warm-up."""
    if length["iterations"] <= most:
        return length
    window = min(length["iterations"] - length["warmup"], most // 2)
    return Length(iterations=most, warmup=most - window)


def _study(probed: Probed, warmup: int, cut: bool) -> StudyPlan:
    study = probed.study.copy()
    study["apart_ns"] = round(probed.pair.apart_in(warmup) * 1e9)
    study["cut"] = cut
    return study


def _wished(length: Length, iteration_s: float, wish: Wish) -> Length:
    if wish.live_s is not None:
        iterations = max(_FEWEST_STUDIED, math.ceil(wish.live_s / iteration_s))
        return Length(iterations=iterations, warmup=iterations // 2)
    warmup = length["warmup"] if wish.warmup is None else wish.warmup
    window = length["iterations"] - length["warmup"] if wish.measure is None else wish.measure
    return Length(iterations=warmup + window, warmup=warmup)


def _share(run: RunFile) -> float:
    """Return which share of the invocations is not the null arm's."""
    order = [contender for group in run["schedule"][0] for contender in group["order"]]
    return sum(not contender.endswith(AGAIN) for contender in order) / max(len(order), 1)


def _with_blocks(run: RunFile, blocks: int) -> RunFile:
    everybody = [contender["id"] for contender in run["contenders"]]
    orders = {group["workload"]: group["order"] for group in run["schedule"][0]}
    ids = {
        plan["name"]: [c for c in everybody if c in orders.get(plan["name"], ())]
        for plan in run["workloads"]
    }
    longer = run.copy()
    longer["blocks"] = blocks
    longer["schedule"] = draw_schedule(run["seed"], blocks, ids, run["null_arm"])
    return longer
