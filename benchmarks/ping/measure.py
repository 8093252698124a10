"""One invocation of family ping, seen from both sides and judged."""

from dataclasses import dataclass

import numpy as np

from benchmarks.ping.origin.handle import Origin
from benchmarks.ping.origin.plan import Plan
from benchmarks.ping.record import PingFormat, PingRecord, rows_of
from benchmarks.ping.referee import Judgement, judge
from benchmarks.ping.rows import PingRows
from benchmarks.ping.stored import stored_pings, well_formed
from benchmarks.ping.task import PingTask
from results.line_format import Head, JobRow, OriginRecord
from results.packing import Integers
from results.pings import StoredPings
from results.text import plain
from runners.findings import Finding, first_per_rule
from runners.invocation import RUN_JOB_LIMIT_S, invoke
from runners.observation import Observation
from runners.spawning import Start

_HEADS_SHOWN = 20  # in a line; pings.bin holds all


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What both sides saw.

    `unrecorded` counts requests and connections that the origin saw beyond its bound. `rows` are
    the pings that the program reports, None unless all are there and well formed; `joined` is the
    request of each, None where they cannot be attributed.
    """

    task: PingTask
    plan: Plan
    observation: Observation[PingRecord]
    pings: StoredPings
    unrecorded: int
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
    plan = origin.expect(
        sites,
        task.connection,
        requests=requests,
        hold=task.hold,
        extra_headers=start.extra_headers,
    )
    observation = invoke(
        start,
        task.job(plan),
        records=PingFormat(chains=task.chain_lengths),
        job_limit_s=job_limit_s,
        until_ns=until_ns,
        companion=origin.pid,
        on_spawn=origin.guard,
    )
    record, records = origin.collect(), well_formed(observation)
    pings = stored_pings(task.chain_lengths, task.visits, records, record)
    rows = rows_of(records) if len(records) == task.iterations else None
    judgement = Judgement(findings=(), joined=None)
    if observation.job_ns is not None and observation.lacks is None:  # else nothing was due
        judgement = judge(task, plan, pings, record.unrecorded, rows)
    return Measured(
        task=task,
        plan=plan,
        observation=observation,
        pings=pings,
        unrecorded=record.unrecorded,
        rows=rows,
        joined=judgement.joined,
        findings=tuple(first_per_rule([*observation.findings, *judgement.findings])),
    )


def job_of(measured: Measured) -> JobRow | None:
    """Return what the program was asked and when; None when there was no job."""
    seen, plan = measured.observation, measured.plan
    if seen.job_ns is None:
        return None
    return JobRow(
        seed=None,
        port=plan.port,
        path=plan.path,
        addresses=[site.address for site in plan.sites],
        written_ns=seen.job_ns,
        first_record_ns=seen.first_record_ns,
    )


def origin_record(measured: Measured) -> OriginRecord | None:
    """Return the origin's side as a line has it; None when there was no job."""
    seen, pings = measured.observation, measured.pings
    if seen.job_ns is None:
        return None
    counts = np.bincount(pings.request_head, minlength=len(pings.heads)).tolist()
    first_ns = seen.first_record_ns if seen.companion_cpu_ns is not None else None
    return OriginRecord(
        joined=pings.joined() is not None,
        heads=[
            Head(head=plain(head.decode("latin-1").replace("\r\n", "\n")), count=count)
            for head, count in zip(pings.heads, counts, strict=True)
        ][:_HEADS_SHOWN],
        unrecorded=measured.unrecorded,
        cpu_ns=seen.companion_cpu_ns,
        wall_ns=None if first_ns is None else first_ns - seen.job_ns,
    )
