"""One invocation of family ping, seen from both sides and judged."""

from dataclasses import dataclass

import numpy as np

from benchmarks.ping.origin.handle import Origin
from benchmarks.ping.origin.plan import Plan, Record
from benchmarks.ping.record import PingFormat, PingRecord, rows_of
from benchmarks.ping.referee import Judgement, judge
from benchmarks.ping.rows import Integers, PingRows
from benchmarks.ping.task import PingTask
from results.format import Head, OriginRecord
from results.text import plain
from runners.findings import Finding, first_per_rule
from runners.invocation import RUN_JOB_LIMIT_S, invoke
from runners.observation import Observation, Start, in_order

_HEADS_STORED = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What both sides saw.

    `rows` are the pings that the program reports, None unless all are there and well formed;
    `joined` is the request of each, None where they cannot be attributed.
    """

    task: PingTask
    plan: Plan
    observation: Observation[PingRecord]
    record: Record
    rows: PingRows | None
    joined: Integers | None
    findings: tuple[Finding, ...]


def measure_ping(
    task: PingTask,
    start: Start,
    origin: Origin,
    *,
    job_limit_s: float = RUN_JOB_LIMIT_S,
    until_ns: int | None = None,
) -> Measured:
    """Run one invocation against the origin and judge every rule that applies to it.

    Raises OriginLostError when the origin dies; whatever the program does is a finding.
    """
    sites = task.placed(origin.fresh_addresses(len(task.sites)))
    requests = task.pings * task.iterations
    plan = origin.expect(sites, keep_alive=task.keep_alive, requests=requests, hold=task.hold)
    observation = invoke(
        start,
        task.job(plan),
        records=PingFormat(chains=task.chain_lengths),
        job_limit_s=job_limit_s,
        until_ns=until_ns,
        companion=origin.pid,
        on_spawn=origin.guard,
    )
    record = origin.collect()
    complete = observation.well_formed and len(observation.records) == task.iterations
    rows = rows_of(in_order(observation.records)) if complete else None
    if observation.job_ns is None:  # without a job nothing was due on the wire
        judgement = Judgement(findings=(), joined=None)
    else:
        judgement = judge(task, plan, record, rows)
    return Measured(
        task=task,
        plan=plan,
        observation=observation,
        record=record,
        rows=rows,
        joined=judgement.joined,
        findings=tuple(first_per_rule([*observation.findings, *judgement.findings])),
    )


def origin_record(measured: Measured) -> OriginRecord | None:
    """Return the origin's side as it is stored; None when there was no job."""
    seen, record, joined = measured.observation, measured.record, measured.joined
    if seen.job_ns is None:
        return None
    order = np.arange(len(record.seen_ns)) if joined is None else joined
    connection = np.array(record.connection, dtype=np.int64)
    accepted = np.array(record.accepted_ns, dtype=np.int64)[connection]
    counts = np.bincount(
        np.array(record.head, dtype=np.int64), minlength=len(record.heads)
    ).tolist()
    wall = None if seen.last_record_ns is None else seen.last_record_ns - seen.job_ns
    return OriginRecord(
        joined=joined is not None,
        accepted=accepted[order].tolist(),
        seen=np.array(record.seen_ns, dtype=np.int64)[order].tolist(),
        sent=np.array(record.sent_ns, dtype=np.int64)[order].tolist(),
        heads=[
            Head(head=plain(head.decode("latin-1").replace("\r\n", "\n")), count=count)
            for head, count in zip(record.heads, counts, strict=True)
        ][:_HEADS_STORED],
        cpu_ns=seen.companion_cpu_ns,
        wall_ns=wall,
    )
