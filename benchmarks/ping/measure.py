"""One invocation of family ping, seen from both sides and judged."""

from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.ping import record as ping
from benchmarks.ping.origin.handle import Origin
from benchmarks.ping.origin.plan import Plan, Record
from benchmarks.ping.task import PingTask
from benchmarks.ping.referee import join, judge_enclosure, judge_wire
from results.format import Head, OriginRecord
from results.text import plain
from runners.findings import Finding, first_per_rule
from runners.invocation import RUN_JOB_LIMIT_S, invoke
from runners.observation import Observation, Start, in_order


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What both sides saw. `joined` is the request of each ping, or None."""

    task: PingTask
    plan: Plan
    observation: Observation
    record: Record
    joined: Sequence[int] | None
    findings: Sequence[Finding]

    @property
    def complete(self) -> bool:
        """Whether the program's records are well formed and as many as asked for."""
        seen = self.observation
        return seen.well_formed and len(seen.records) == self.task.iterations


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
        records=ping,
        job_limit_s=job_limit_s,
        until_ns=until_ns,
        companion=origin.pid,
        on_spawn=origin.guard,
    )
    record = origin.collect()
    joined = join(task, record)
    findings = [*observation.findings]
    if observation.job_ns is not None:  # without a job nothing was due on the wire
        findings += judge_wire(task, plan, record, joined)
    measured = Measured(
        task=task,
        plan=plan,
        observation=observation,
        record=record,
        joined=joined,
        findings=findings,
    )
    if joined is not None and measured.complete:
        enclosure = judge_enclosure(task, record, joined, in_order(observation.records))
        findings += [enclosure] if enclosure else []
    findings[:] = first_per_rule(findings)
    return measured


def origin_record(measured: Measured) -> OriginRecord | None:
    """Return the origin's side as it is stored; None when there was no job."""
    seen, record = measured.observation, measured.record
    if seen.job_ns is None:
        return None
    order = measured.joined if measured.joined is not None else range(len(record.seen_ns))
    counts = [0] * len(record.heads)
    for head in record.head:
        counts[head] += 1
    wall = None if seen.last_record_ns is None else seen.last_record_ns - seen.job_ns
    return OriginRecord(
        joined=measured.joined is not None,
        accepted=[record.accepted_ns[record.connection[request]] for request in order],
        seen=[record.seen_ns[request] for request in order],
        sent=[record.sent_ns[request] for request in order],
        heads=[
            Head(head=plain(head.decode("latin-1").replace("\r\n", "\n")), count=count)
            for head, count in zip(record.heads, counts, strict=True)
        ][:20],
        cpu_ns=seen.companion_cpu_ns,
        wall_ns=wall,
    )
