"""Write a plausible run folder without measuring: for tests of what reads runs.

    write_run(tmp_path / "run")                                   seven contenders, four workloads
    write_run(tmp_path / "run", SyntheticRun(blocks=6, hostile=True))
    write_run(tmp_path / "run", SyntheticRun(breaks=(Break(contender="node/http", block=1),)))

Everything follows from the seed. `node/promise-chain` is as fast as `node/http`; the others
differ by what `SPEED` says.
"""

import json
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from results.format import (
    AGAIN,
    INVOCATIONS_FILE,
    PINGS_FILE,
    RUN_FILE,
    SCHEMA,
    SOURCES_FOLDER,
    ContenderPlan,
    GroupPlan,
    Machine,
    RunFile,
    Suite,
    WorkloadPlan,
)
from results.older import declarations
from tests.stored_lines import store_lines
from tests.synthetic_pings import SHAPES, empty_origin, iteration_record

HOSTILE = "\x1b[31m<script>alert(1)</script>\u202e[red]*x*|`y`\n# z & [b](javascript:c)"

SUITE = Suite(version="0.1.0", commit="0123456789" * 4, clean=True, hash="0123456789abcdef" * 4)

# A ping's time in µs without the site's delay.
SPEED = {
    "python/streams": 190,
    "csharp/socket": 70,
    "node/net": 110,
    "python/httpx": 560,
    "csharp/httpclient": 120,
    "node/http": 220,
    "node/promise-chain": 220,
}
_LABELS = {
    "python/streams": ("Python asyncio streams", "Python", "#3776ab", "raw"),
    "csharp/socket": ("C# Socket", "C#", "#68217a", "raw"),
    "node/net": ("Node net", "JavaScript", "#3c873a", "raw"),
    "python/httpx": ("Python httpx", "Python", "#3776ab", "client"),
    "csharp/httpclient": ("C# HttpClient", "C#", "#68217a", "client"),
    "node/http": ("Node http", "JavaScript", "#3c873a", "client"),
    "node/promise-chain": ("Node http, promise chain", "JavaScript", None, "client"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """A rule that a contender breaks in one block, in its first attempt or in the repeat too."""

    contender: str
    workload: str = "survey"
    block: int = 0
    rule: str = "W3"
    seen: str = "site 127.0.0.1:8801 got 3 requests, 4 were due"
    repeat_too: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SyntheticRun:
    """What to write. `measured` is the number of blocks that ran (default: all, complete);
    `superseded` that many earlier lines of block 0; `torn` cuts off one more line in its middle;
    `hostile` puts `HOSTILE` into every free text; `live` is a run without origin; `older` is written
    as schema 1 was; `measures` and `young` are as in run.json; where processes are `flat` they have
    their pace from iteration 1 on; `null_arm` contenders run twice in all workloads."""

    seed: int = 1
    blocks: int = 15
    measured: int | None = None
    iterations: int = 6
    warmup: int = 2
    workloads: tuple[str, ...] = tuple(SHAPES)
    contenders: tuple[str, ...] = tuple(SPEED)
    breaks: tuple[Break, ...] = ()
    superseded: int = 0
    torn: bool = False
    hostile: bool = False
    live: bool = False
    older: bool = False
    measures: Literal["steady", "young", "first"] | None = None
    young: int | None = None
    flat: bool = False
    null_arm: str | None = None
    origin_busy: float = 0.3


def write_run(folder: Path, run: SyntheticRun | None = None) -> Path:
    """Write run.json, invocations.jsonl, pings.bin and sources below `folder`, and return it."""
    wanted = run or SyntheticRun()
    draw = random.Random(wanted.seed)
    folder.mkdir(parents=True, exist_ok=True)
    plan = _plan(wanted, draw)
    _write_sources(folder, plan)
    (folder / RUN_FILE).write_text(json.dumps(plan, indent=1))
    lines = _invocations(wanted, plan, draw)
    if wanted.older:
        _write_older(folder, plan, lines)
    else:
        for name in (INVOCATIONS_FILE, PINGS_FILE):
            (folder / name).write_bytes(b"")
        store_lines(folder, plan, lines)
    if wanted.torn:
        file = folder / INVOCATIONS_FILE
        text = file.read_text()
        file.write_text(text + text[text[:-1].rfind("\n") + 1 : -20])
    return folder


def _write_older(folder: Path, plan: RunFile, lines: Sequence[Mapping[str, Any]]) -> None:
    workloads = [_without(w, "job_limit_s", "young", "lengths") for w in plan["workloads"]]
    machine = _without(plan["machine"], "usable_cpus", "cpu_quota")
    run = _without(plan, "families", "suite", "null_arm")
    run |= {"schema": 1, "workloads": workloads, "machine": machine}
    (folder / RUN_FILE).write_text(json.dumps(run, indent=1))
    text = "".join(f"{json.dumps(line)}\n" for line in lines)
    (folder / INVOCATIONS_FILE).write_text(text)


def _without(keyed: Mapping[str, Any], *keys: str) -> dict[str, Any]:
    return {key: value for key, value in keyed.items() if key not in keys}


def comparisons(run: SyntheticRun) -> int:
    """m: the pairs within a tier, times the workloads."""
    tiers = [_LABELS[contender][3] for contender in run.contenders]
    pairs = sum(tiers.count(tier) * (tiers.count(tier) - 1) // 2 for tier in set(tiers))
    return 0 if run.live else pairs * len(run.workloads)


def _plan(run: SyntheticRun, draw: random.Random) -> RunFile:
    complete = run.measured is None or run.measured == run.blocks
    return {
        "schema": SCHEMA,
        "id": "20250102-030405-synthetic",
        "started": "2025-01-02T03:04:05Z",
        "status": "complete" if complete else "partial",
        "mode": "live" if run.live else "origin",
        "profile": "default",
        "seed": run.seed,
        "blocks": run.blocks,
        "m": comparisons(run),
        "delta": 0.03,
        "command": HOSTILE if run.hostile else "python -m benchmarks run --seed 1",
        "schedule": [_groups(run, draw) for _ in range(run.blocks)],
        "families": declarations(["ping"] if run.workloads else []),
        "workloads": [_workload(name, run) for name in run.workloads],
        "contenders": [_contender(name, run) for name in run.contenders],
        "skipped": [
            {
                "id": "ruby",
                "reason": HOSTILE if run.hostile else "ruby was not found",
                "install": "Install Ruby 3.3 or later",
            }
        ],
        "machine": _machine(run),
        "placement": {"mode": "split", "harness": [1], "programs": [0]},
        "sites": [["a.example:80", "b.example:80"], ["c.example:80"]] if run.live else None,
        "suite": SUITE,
        "null_arm": dict.fromkeys(run.workloads, run.null_arm) if run.null_arm else {},
    }


def _machine(run: SyntheticRun) -> Machine:
    return {
        "cpu": HOSTILE if run.hostile else "Example CPU @ 2.00GHz",
        "cores": 2,
        "usable_cpus": 2,
        "cpu_quota": None,
        "governor": None,
        "memory_bytes": 8 * 2**30,
        "kernel": "6.1.0",
        "virtualised": "kvm",
        "python": "3.11.2",
        "packages": {"numpy": "1.24.2", "uvloop": "0.17.0"},
    }


def _groups(run: SyntheticRun, draw: random.Random) -> list[GroupPlan]:
    workloads = draw.sample(run.workloads, len(run.workloads))
    again = (f"{run.null_arm}{AGAIN}",) if run.null_arm else ()
    everybody = (*run.contenders, *again)
    return [
        {"workload": name, "order": draw.sample(everybody, len(everybody))} for name in workloads
    ]


def _workload(name: str, run: SyntheticRun) -> WorkloadPlan:
    shape = SHAPES[name]
    plan: WorkloadPlan = {
        "name": name,
        "family": "ping",
        "set": "ping",
        "question": HOSTILE if run.hostile else f"What does {name} cost?",
        "iterations": run.iterations,
        "warmup": run.warmup,
        "job_limit_s": 120.0,
        "young": run.young,
        "lengths": {},
        "params": {
            "chains": shape.chains,
            "sites_per_chain": shape.sites,
            "pings_per_site": shape.pings,
            "delay_ns": shape.delay_ns,
            "connection": shape.connection,
            "timeout_ns": 5_000_000_000,
        },
    }
    if run.measures is not None:
        plan["measures"] = run.measures
    return plan


def _contender(name: str, run: SyntheticRun) -> ContenderPlan:
    runner, variant = name.split("/")
    label, language, color, tier = _LABELS[name]
    return {
        "id": name,
        "runner": runner,
        "name": variant,
        "label": f"{label} {HOSTILE}" if run.hostile else label,
        "language": language,
        "color": color,
        "tier": tier,
        "families": ["ping"],
        "version": HOSTILE if run.hostile else f"{runner} 1.2.3",
        "hash": "0123456789abcdef" * 4,
        "command": [f"out/{variant}", variant],
        "sources": [f"{variant}.txt"],
    }


def _write_sources(folder: Path, plan: RunFile) -> None:
    for contender in plan["contenders"]:
        file = folder / SOURCES_FOLDER / contender["runner"] / contender["sources"][0]
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"await ping()  // {contender['name']} <b>&amp;\n")


def _invocations(run: SyntheticRun, plan: RunFile, draw: random.Random) -> list[dict[str, Any]]:
    measured = run.blocks if run.measured is None else run.measured
    clock, lines = 1_000_000_000_000, []
    for block in range(measured):
        for group in plan["schedule"][block]:
            drift = draw.lognormvariate(0, 0.05)
            repeats: list[Break] = []
            for position, contender in enumerate(group["order"]):
                place = (block, position, 0, group["workload"], contender)
                line, clock = _invocation(run, place, clock, drift, draw)
                for rule in run.breaks:
                    if (rule.workload, rule.contender, rule.block) == (*place[3:], block):
                        line["broken"].append({"rule": rule.rule, "seen": rule.seen})
                        repeats.append(rule)
                lines.append(line)
            for extra, contender in enumerate(dict.fromkeys(r.contender for r in repeats)):
                place = (block, len(group["order"]) + extra, 1, group["workload"], contender)
                line, clock = _invocation(run, place, clock, drift, draw)
                again = [r for r in repeats if r.contender == contender and r.repeat_too]
                line["broken"] += [{"rule": r.rule, "seen": r.seen} for r in again]
                lines.append(line)
    earlier = [line.copy() for line in lines[: run.superseded]]
    for line in earlier:
        line["superseded"] = True
    return earlier + lines


def _invocation(
    run: SyntheticRun,
    place: tuple[int, int, int, str, str],
    clock: int,
    drift: float,
    draw: random.Random,
) -> tuple[dict[str, Any], int]:
    block, position, attempt, workload, contender = place
    shape = SHAPES[workload]
    pace = SPEED[contender.removesuffix(AGAIN)] * drift * draw.lognormvariate(0, 0.02)
    records: list[dict[str, Any]] = []
    origin = empty_origin()
    opened: dict[int, int] = {}
    began = clock
    for index in range(run.iterations):
        slow = pace * (1 + (8 if index == 0 else 0 if run.flat else 1 / (1 + index)))
        records.append(iteration_record(shape, index, clock, slow, draw, origin, opened))
        clock = records[-1]["end_ns"] + 1_000
    origin["wall_ns"] = clock - began
    origin["cpu_ns"] = int(run.origin_busy * (clock - began))
    line: dict[str, Any] = {
        "block": block,
        "position": position,
        "attempt": attempt,
        "superseded": False,
        "workload": workload,
        "contender": contender,
        "runtime": HOSTILE if run.hostile else f"{contender} runtime",
        "startup_ns": int(40_000_000 * draw.lognormvariate(0, 0.1)),
        "cpu_ns": int(0.6 * (clock - began)),
        "peak_rss_bytes": int(30 * 2**20 * draw.lognormvariate(0, 0.01)),
        "exit_status": 0,
        "broken": [],
        "iterations": records,
        "origin": None if run.live else origin,
        "stderr": None,
        "canary_ns": None,
        "pressure": None,
    }
    return line, clock + 1_000_000
