"""Rule P6: the times that a program reports are consistent with themselves and with ours."""

from collections.abc import Sequence
from statistics import median

from runners.findings import Finding
from runners.records import IterationRecord, R, RecordFormat
from runners.rules import Rule

_GAP_SHARE = 0.05
_GAP_NS = 500_000


def check_consistency(
    records: Sequence[R], *, form: RecordFormat[R], job_ns: int, first_record_ns: int
) -> Finding | None:
    """Return what breaks P6 in well-formed records, or None.

    `job_ns` is the harness's moment just before it wrote the job, `first_record_ns` just after
    it read the first record: a program that keeps the contract measures nothing outside them.
    """
    seen = (
        _outside(records, job_ns, first_record_ns)
        or _order(records)
        or _gaps(records)
        or form.check_times(records)
    )
    return Finding(rule=Rule.P6, seen=seen) if seen else None


def _outside(records: Sequence[IterationRecord], job_ns: int, first_record_ns: int) -> str | None:
    for record in records:
        if record.start_ns < job_ns:
            early = job_ns - record.start_ns
            return f"iteration {record.iteration} starts {early} ns before the job was written"
        if record.end_ns > first_record_ns:
            late = record.end_ns - first_record_ns
            return f"iteration {record.iteration} ends {late} ns after its record was read"
    return None


def _order(records: Sequence[IterationRecord]) -> str | None:
    previous_end = 0
    for record in records:
        if record.end_ns < record.start_ns:
            return f"iteration {record.iteration} ends before it starts"
        if record.start_ns < previous_end:
            return f"iteration {record.iteration} starts before the one before it ended"
        previous_end = record.end_ns
    return None


def _gaps(records: Sequence[IterationRecord]) -> str | None:
    if len(records) < 2:
        return None
    gaps = [b.start_ns - a.end_ns for a, b in zip(records, records[1:], strict=False)]
    length = median(record.end_ns - record.start_ns for record in records)
    allowed = max(_GAP_SHARE * length, _GAP_NS)
    if median(gaps) > allowed:
        return f"the median gap between iterations is {median(gaps):.0f} ns, over {allowed:.0f} ns"
    return None
