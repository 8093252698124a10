"""A stored invocation of pings, judged again by today's rules."""

from collections.abc import Sequence

from benchmarks.ping.origin.plan import ConnectionMode, Plan
from benchmarks.ping.record import PingFormat, rows_of
from benchmarks.ping.referee import judge
from benchmarks.ping.stored import records_of, task_of
from results.conform import Misfit
from results.line_format import Invocation
from results.pings import StoredPings
from runners.consistency import check_consistency
from runners.findings import Finding


def rejudge_ping(
    line: Invocation,
    pings: StoredPings,
    iterations: int,
    connection: ConnectionMode,
    extra_headers: Sequence[str],
) -> list[Finding]:
    """Return what breaks W1 to W4, W9 and P6. Raises Misfit where the line cannot be judged."""
    job, origin = line["job"], line["origin"]
    if job is None or origin is None:  # without a job nothing was due on the wire
        return []
    task = task_of(pings, iterations, connection)
    if job["port"] is None or job["path"] is None or len(job["addresses"]) != len(task.sites):
        raise Misfit("its job names other sites than its pings")
    plan = Plan(
        port=job["port"],
        path=job["path"],
        connection=connection,
        sites=task.placed(job["addresses"]),
        requests=task.pings * iterations,
        extra_headers=tuple(extra_headers),
    )
    records = records_of(pings, line["iterations"])
    complete = bool(records) and len(records) == iterations
    rows = rows_of(records) if complete else None
    findings = [*judge(task, plan, pings, origin["unrecorded"], rows).findings]
    if complete and job["first_record_ns"] is not None:
        inconsistent = check_consistency(
            records,
            form=PingFormat(chains=task.chain_lengths),
            job_ns=job["written_ns"],
            first_record_ns=job["first_record_ns"],
        )
        findings += [inconsistent] if inconsistent else []
    return findings
