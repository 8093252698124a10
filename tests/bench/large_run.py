"""A run of millions of pings that keep every rule, made up without a loop over pings."""

import json
from dataclasses import replace as replaced
from pathlib import Path

import numpy as np

from benchmarks.ping.origin.plan import Plan
from benchmarks.ping.params import PingParams
from benchmarks.ping.referee import due_head
from benchmarks.ping.task import PingTask
from results.files import replace
from results.format import INVOCATIONS_FILE, PINGS_FILE, RUN_FILE, RunFile, WorkloadPlan
from results.invocation import described
from results.line_format import Head, Invocation, JobRow, OriginRecord
from results.packets import packed
from results.packing import Integers
from results.pings import NOTHING, StoredPings
from tests.synthetic_run import SyntheticRun, write_run

RUN = SyntheticRun(workloads=("parallel", "keep-alive"))
GAP_NS = 1000


def write_large_run(folder: Path, pings: int, shape: SyntheticRun | None = None) -> Path:
    """Write a complete run of about so many pings, and return its folder.

    `shape` says whose, and in how many blocks. Without it: three iterations of all contenders in 15
    blocks are 242,000; below, a run is smaller in these, too.
    """
    shape = shape or _shape(pings)
    write_run(folder, replaced(shape, measured=0))
    run: RunFile = json.loads((folder / RUN_FILE).read_text())
    groups = run["blocks"] * len(run["contenders"]) * len(run["workloads"])
    for workload in run["workloads"]:
        task = PingParams.of(workload["params"]).task(1)
        workload["iterations"] = max(3, round(pings / groups / task.pings))
    run["status"] = "complete"
    replace(folder / RUN_FILE, json.dumps(run))
    draw, clock = np.random.default_rng(1), 10**12
    plans = {workload["name"]: workload for workload in run["workloads"]}
    with (folder / INVOCATIONS_FILE).open("w") as lines, (folder / PINGS_FILE).open("wb") as data:
        for block, planned in enumerate(run["schedule"]):
            for group in planned:
                for position, contender in enumerate(group["order"]):
                    plan = plans[group["workload"]]
                    line, stored = _invocation(plan, clock, draw)
                    clock = line["iterations"][-1]["end_ns"] + 10**6
                    line["block"], line["position"], line["contender"] = block, position, contender
                    packet = packed(stored)
                    line["pings"] = described(packet, data.tell(), stored)
                    data.write(packet)
                    lines.write(f"{json.dumps(line)}\n")
    return folder


def _shape(pings: int) -> SyntheticRun:
    shape = RUN if pings > 240_000 else replaced(RUN, blocks=6)
    if pings < 97_000:
        return replaced(shape, contenders=RUN.contenders[:2], workloads=RUN.workloads[1:])
    return shape


def _invocation(
    workload: WorkloadPlan, clock: int, draw: np.random.Generator
) -> tuple[Invocation, StoredPings]:
    task = PingParams.of(workload["params"]).task(workload["iterations"])
    plan = Plan(
        port=9,
        path="/p",
        connection=task.connection,
        sites=task.placed([f"127.0.0.{n + 1}" for n in range(len(task.sites))]),
        requests=task.pings * task.iterations,
    )
    start, steps = _program(task, draw)
    end = start + steps.sum(axis=0)
    took = end.max(axis=1) + GAP_NS
    began = clock + np.cumsum(took + GAP_NS) - took
    stored = _stored(task, plan, start, steps, began)
    heads = [Head(head=head.decode(), count=1) for head in stored.heads[:20]]
    last = int(began[-1] + took[-1])
    line = Invocation(
        block=0, position=0, attempt=0, superseded=False, workload=workload["name"], contender="",
        runtime="made up", startup_ns=40_000_000, cpu_ns=(last - clock) // 2,
        peak_rss_bytes=30 * 2**20, exit_status=0, broken=[],
        job=JobRow(
            seed=None, port=plan.port, path=plan.path,
            addresses=[site.address for site in plan.sites], written_ns=clock,
            first_record_ns=last + 1,
        ),
        iterations=[
            {"iteration": place, "start_ns": int(at), "end_ns": int(at + length)}
            for place, (at, length) in enumerate(zip(began, took, strict=True))
        ],
        origin=OriginRecord(
            joined=True, heads=heads, unrecorded=0, cpu_ns=(last - clock) // 3,
            wall_ns=last - clock,
        ),
        pings=None, stderr=None, canary_ns=None, pressure=None,
    )  # fmt: skip
    return line, stored


def _program(task: PingTask, draw: np.random.Generator) -> tuple[Integers, Integers]:
    """Starts of shape (iterations, pings), and six steps of each ping from its start to its end.

    They are: connection accepted, connected, request seen, answer sent, head read, end.
    """
    shape = (task.iterations, task.pings)
    scale = np.array([20_000, 5_000, 30_000, 8_000, 40_000, 10_000])[:, None, None]
    steps = (scale * draw.lognormal(0, 0.3, (6, *shape))).astype(np.int64) + 1
    took = steps.sum(axis=0) + draw.integers(1, 5_000, shape)
    chained = took.reshape(task.iterations, len(task.chains), -1)
    passed = np.cumsum(chained, axis=2) - chained + GAP_NS
    return passed.reshape(shape), steps


def _stored(
    task: PingTask, plan: Plan, start: Integers, steps: Integers, began: Integers
) -> StoredPings:
    accepted, connect, seen, sent, head, end = start + np.cumsum(steps, axis=0)
    flat = [(began[:, None] + each).reshape(-1) for each in (accepted, seen, sent)]
    order = np.argsort(flat[1], kind="stable")
    visits = np.array(task.visits)
    site = np.tile(visits, task.iterations)[order]
    warm = task.connection == "keep-alive"
    # The first request of a site opens the connection that the others use.
    firsts = np.unique(site, return_index=True)[1] if warm else np.arange(site.size)
    opening = np.sort(firsts)
    of_site = np.zeros(len(task.sites), dtype=np.int64)
    of_site[site[opening]] = np.arange(opening.size)
    opened = np.isin(np.arange(site.size), opening)[np.argsort(order)].reshape(start.shape)
    return StoredPings(
        chains=np.array(task.chain_lengths),
        visits=visits,
        start=start.reshape(-1),
        connect=np.where(opened, connect, NOTHING).reshape(-1),
        head=head.reshape(-1),
        end=end.reshape(-1),
        status=np.full(site.size, 200),
        connection_site=site[opening],
        accepted=flat[0][order][opening],
        connection=of_site[site] if warm else np.arange(site.size),
        seen=flat[1][order],
        sent=flat[2][order],
        request_head=site,
        answered=np.full(site.size, 200),
        coalesced=np.zeros(site.size, dtype=np.int64),
        heads=tuple(due_head(plan, site) for site in range(len(plan.sites))),
        incomplete_connection=np.zeros(0, dtype=np.int64),
        incomplete=(),
    )
