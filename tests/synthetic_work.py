"""Write a plausible run of the set `await`, or add one to a run of pings, without measuring.

    write_work_run(tmp_path / "run")                          all families, all contenders
    write_work_run(tmp_path / "run", WorkRun(ping=PING))      beside pings, as `make full` runs them
    write_work_run(tmp_path / "run", WorkRun(languages=("python",), hostile=True))

Everything follows from the seed. Items cost what `_PACE` says, in ns, times 1, 2, 3 … in the order
of a workload's contenders, so that the first is always the fastest.
"""

import json
import random
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from benchmarks.families import declarations, family_of, matching
from results.format import RUN_FILE, SOURCES_FOLDER, ContenderPlan, RunFile, WorkloadPlan
from tests.stored_lines import store_lines
from tests.synthetic_run import HOSTILE, SyntheticRun, write_run

FOUR_JOBS = {"size": 4, "workers": 2}
# Per workload: its family, its parameters; how many CPUs this machine has is not to matter.
WORKLOADS: Mapping[str, tuple[str, Mapping[str, Any]]] = {
    workload.name: (
        family_of(workload).name,
        {**workload.params, **(FOUR_JOBS if workload.name == "parallel-cpu" else {})},
    )
    for workload in matching(["await"])
    if "default" in workload.profiles
}
_ASYNC = (
    *("timers", "await-completed", "await-suspended"),
    *("state-machine", "styles", "cancel"),
)
CONTENDERS: Mapping[str, tuple[str, ...]] = {
    "csharp/task": (*_ASYNC, "value-task"),
    "csharp/task-single": ("await-suspended",),
    "csharp/value-task": ("value-task",),
    "csharp/pooled-value-task": ("value-task",),
    "csharp/by-hand": ("state-machine",),
    "csharp/custom-awaiter": ("dummy-loop",),
    "csharp/async-call": ("spawn-join",),
    "csharp/yield-once": ("spawn-join",),
    "csharp/continue-with": ("styles",),
    "csharp/continue-with-sync": ("styles",),
    "csharp/shared-token": ("cancel",),
    "csharp/on-pump": ("blocking",),
    "csharp/task-run": ("spawn-join", "blocking", "parallel-cpu"),
    "node/promise": _ASYNC,
    "node/by-hand": ("state-machine",),
    "node/generators": ("dummy-loop",),
    "node/async-call": ("spawn-join",),
    "node/yield-once": ("spawn-join",),
    "node/shared-signal": ("cancel",),
    "node/then": ("styles",),
    "node/callbacks": ("styles",),
    "node/on-loop": ("blocking",),
    "node/workers": ("blocking", "parallel-cpu"),
    "python/asyncio": _ASYNC,
    "python/by-hand": ("state-machine",),
    "python/generators": ("dummy-loop",),
    "python/create-task": ("spawn-join",),
    "python/yield-once": ("spawn-join",),
    "python/callbacks": ("styles",),
    "python/on-loop": ("blocking",),
    "python/to-thread": ("blocking", "parallel-cpu"),
    "python/processes": ("parallel-cpu",),
}
_LANGUAGES = {"python": "Python", "csharp": "C#", "node": "JavaScript"}
# What an item takes, ns, of the fastest contender.
_PACE = {"value-task": 9, "await-completed": 30, "parallel-cpu": 500_000, "blocking": 4_000_000}
# What a pending delay weighs, and what a call allocates (None: the runtime cannot say), bytes.
PENDING = {"csharp/task": 300, "node/promise": 600, "python/asyncio": 1400}
ALLOCATED = {"csharp/task": 72, "csharp/value-task": 0, "csharp/pooled-value-task": None}


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkRun:
    """What to write. `ping` is written first, and this is added to it; `broken` are (workload,
    contender) that break a rule in every block; `left_out` workloads are not in the run."""

    seed: int = 1
    blocks: int = 7
    languages: tuple[str, ...] = tuple(_LANGUAGES)
    left_out: tuple[str, ...] = ()
    broken: tuple[tuple[str, str], ...] = ()
    hostile: bool = False
    ping: SyntheticRun | None = None


def write_work_run(folder: Path, run: WorkRun | None = None) -> Path:
    """Write run.json, invocations.jsonl and sources below `folder`, and return it."""
    wanted = run or WorkRun()
    draw = random.Random(wanted.seed)
    base = wanted.ping or SyntheticRun(workloads=(), contenders=(), hostile=wanted.hostile)
    write_run(folder, replace(base, blocks=wanted.blocks))
    plan: RunFile = json.loads((folder / RUN_FILE).read_text())
    _extend(plan, wanted, draw)
    _write_sources(folder, plan)
    (folder / RUN_FILE).write_text(json.dumps(plan, indent=1))
    store_lines(folder, plan, _invocations(wanted, plan, draw))
    return folder


def _extend(plan: RunFile, run: WorkRun, draw: random.Random) -> None:
    names = [name for name in WORKLOADS if name not in run.left_out]
    contenders = [name for name in CONTENDERS if name.split("/")[0] in run.languages]
    plan["families"] += declarations(WORKLOADS[name][0] for name in names)
    plan["workloads"] += [_workload(name, run) for name in names]
    plan["contenders"] += [_contender(name, run) for name in contenders]
    for groups in plan["schedule"]:
        for name in names:
            own = [c for c in contenders if WORKLOADS[name][0] in CONTENDERS[c]]
            if own:
                groups.append({"workload": name, "order": draw.sample(own, len(own))})
    orders = [g["order"] for g in plan["schedule"][0] if g["workload"] in names]
    plan["m"] += sum(len(order) * (len(order) - 1) // 2 for order in orders)


def _workload(name: str, run: WorkRun) -> WorkloadPlan:
    family, params = WORKLOADS[name]
    return {
        "name": name,
        "family": family,
        "set": "await",
        "question": HOSTILE if run.hostile else f"What does {name} cost?",
        "iterations": 3,
        "warmup": 1,
        "job_limit_s": 120.0,
        "young": None,
        "lengths": {},
        "params": {**params, "extra": HOSTILE} if run.hostile else dict(params),
    }


def _contender(name: str, run: WorkRun) -> ContenderPlan:
    runner, variant = name.split("/")
    label = f"{_LANGUAGES[runner]} {variant}"
    return {
        "id": name,
        "runner": runner,
        "name": variant,
        "label": f"{label} {HOSTILE}" if run.hostile else label,
        "language": _LANGUAGES[runner],
        "color": None,
        "tier": None,
        "families": list(CONTENDERS[name]),
        "version": None,
        "hash": "0123456789abcdef" * 4,
        "command": ["out/work", variant],
        "sources": [f"work/{_file(family, runner)}" for family in CONTENDERS[name]],
    }


def _file(family: str, runner: str) -> str:
    """A family's file as its language names files."""
    if runner == "csharp":
        return "".join(word.capitalize() for word in family.split("-")) + ".cs"
    return f"{family}.mjs" if runner == "node" else f"{family.replace('-', '_')}.py"


def _write_sources(folder: Path, plan: RunFile) -> None:
    for contender in plan["contenders"]:
        for source in contender["sources"]:
            file = folder / SOURCES_FOLDER / contender["runner"] / source
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(f"# {source}: what runs\n")


def _invocations(run: WorkRun, plan: RunFile, draw: random.Random) -> list[dict[str, Any]]:
    clock, lines = 5_000_000_000_000, []
    for block, groups in enumerate(plan["schedule"]):
        for group in (group for group in groups if group["workload"] in WORKLOADS):
            drift = draw.lognormvariate(0, 0.05)
            for position, contender in enumerate(group["order"]):
                place = (block, position, group["workload"], contender)
                line, clock = _invocation(run, place, clock, drift, draw)
                lines.append(line)
    return lines


def _invocation(
    run: WorkRun,
    place: tuple[int, int, str, str],
    clock: int,
    drift: float,
    draw: random.Random,
) -> tuple[dict[str, Any], int]:
    block, position, workload, contender = place
    family, params = WORKLOADS[workload]
    pace = drift * _real_ns(family, params, contender)
    records = _records(workload, contender, clock, pace, draw)
    began, clock = clock, records[-1]["end_ns"] + 1_000
    pending = PENDING.get(contender, 0) * params["size"] if family == "timers" else 0
    broken = [{"rule": "C1", "seen": HOSTILE if run.hostile else "checksum 1, not 2"}]
    line: dict[str, Any] = {
        "block": block,
        "position": position,
        "attempt": 0,
        "superseded": False,
        "workload": workload,
        "contender": contender,
        "runtime": f"{contender} runtime",
        "startup_ns": int(40_000_000 * draw.lognormvariate(0, 0.1)),
        "cpu_ns": int(0.6 * (clock - began)),
        "peak_rss_bytes": int(30 * 2**20 * draw.lognormvariate(0, 0.0001)) + pending,
        "exit_status": 0,
        "broken": broken if (workload, contender) in run.broken else [],
        "iterations": records,
        "origin": None,
        "stderr": None,
        "canary_ns": None,
        "pressure": None,
    }
    return line, clock + 1_000_000


def _records(
    workload: str, contender: str, clock: int, pace: float, draw: random.Random
) -> list[dict[str, Any]]:
    """Three iterations from `clock` on; `pace` is what one takes beyond its delay, ns."""
    family, params = WORKLOADS[workload]
    records: list[dict[str, Any]] = []
    for index in range(3):
        took = pace * draw.lognormvariate(0, 0.02)
        took = params.get("delay_ns", 0) + took * (4 if index == 0 else 1)
        record: dict[str, Any] = {
            "iteration": index,
            "start_ns": clock,
            "end_ns": clock + int(took),
            "checksum": draw.randrange(2**32),
        }
        if family == "value-task":
            per_call = ALLOCATED[contender]
            record["allocated_bytes"] = None if per_call is None else per_call * params["size"]
        if family == "cancel":
            record["cancel_ns"] = int(took) // 2
        records.append(record)
        clock = record["end_ns"] + 1_000
    return records


def _real_ns(family: str, params: Mapping[str, Any], contender: str) -> float:
    """What an iteration takes beyond its delay: the contender's rank times what an item takes."""
    own = [name for name in CONTENDERS if family in CONTENDERS[name]]
    return float(_PACE.get(family, 200) * params["size"] * (1 + own.index(contender)))
