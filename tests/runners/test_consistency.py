"""Rule P6: what the harness's own clock and the order of iterations say of reported times."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.ping.record import PingFormat, PingRecord
from runners.consistency import check_consistency
from runners.observation import in_order

FORM = PingFormat(chains=(1,))
JOB_NS = 1_000_000_000
LENGTH_NS = 20_000_000
GAP_NS = 1000


def records(
    count: int = 6, *, length_ns: int = LENGTH_NS, gap_ns: int = GAP_NS, start_ns: int = JOB_NS
) -> list[PingRecord]:
    """Iterations of equal length, one after another, each with one ping as long as itself."""
    starts = [start_ns + i * (length_ns + gap_ns) for i in range(count)]
    pings = [[[0, None, length_ns, length_ns, 200]]]
    return [
        FORM.parse({"iteration": i, "start_ns": s, "end_ns": s + length_ns, "pings": pings})
        for i, s in enumerate(starts)
    ]


def shifted(row: PingRecord, by_ns: int) -> PingRecord:
    return replace(row, start_ns=row.start_ns + by_ns, end_ns=row.end_ns + by_ns)


def problem(rows: list[PingRecord], *, job_ns: int = JOB_NS, read_ns: int | None = None) -> str:
    """What is inconsistent, or nothing."""
    finding = check_consistency(
        rows,
        form=FORM,
        job_ns=job_ns,
        first_record_ns=rows[-1].end_ns if read_ns is None else read_ns,
    )
    assert finding is None or finding.rule == "P6"
    return finding.seen if finding else ""


def test_times_that_just_fit_are_consistent() -> None:
    assert problem(records()) == ""


def test_an_iteration_that_starts_before_the_job_is_found() -> None:
    assert problem(records(), job_ns=JOB_NS + 1) == (
        "iteration 0 starts 1 ns before the job was written"
    )


def test_an_iteration_that_ends_after_its_record_is_found() -> None:
    rows = records()
    assert problem(rows, read_ns=rows[-1].end_ns - 1) == (
        "iteration 5 ends 1 ns after its record was read"
    )


def test_iterations_that_touch_are_fine_and_overlapping_ones_are_not() -> None:
    assert problem(records(gap_ns=0)) == ""
    assert problem(records(gap_ns=-1)) == "iteration 1 starts before the one before it ended"


def test_an_iteration_that_ends_before_it_starts_is_found() -> None:
    rows = records()
    rows[2] = replace(rows[2], end_ns=rows[2].start_ns - 1)
    assert problem(rows) == "iteration 2 ends before it starts"


def test_a_gap_may_take_a_twentieth_of_an_iteration() -> None:
    assert problem(records(gap_ns=LENGTH_NS // 20)) == ""
    assert "median gap" in problem(records(gap_ns=LENGTH_NS // 20 + 1))


def test_a_gap_after_a_short_iteration_may_take_half_a_millisecond() -> None:
    assert problem(records(length_ns=1000, gap_ns=500_000)) == ""
    assert "median gap" in problem(records(length_ns=1000, gap_ns=500_001))


def test_one_long_gap_is_forgiven() -> None:
    rows = records()
    rows[3:] = [shifted(row, 10**9) for row in rows[3:]]
    assert problem(rows) == ""


def test_a_single_iteration_has_no_gap() -> None:
    assert problem(records(1)) == ""


def test_times_inside_a_record_are_examined_in_every_record() -> None:
    rows = records()
    rows[-1].columns[3] += 1
    assert problem(rows).startswith("iteration 5, chain 0, ping 0: ends")


def test_lines_in_the_wrong_order_are_no_matter_of_times() -> None:
    rows = records()
    assert problem(in_order([*reversed(rows)])) == ""


@settings(max_examples=60, deadline=None)
@given(
    st.integers(1, 8),
    st.integers(0, 10**9),
    st.integers(0, 500_000),
    st.integers(0, 10**6),
    st.data(),
)
def test_honest_times_pass_and_a_shifted_iteration_does_not(
    count: int, length_ns: int, gap_ns: int, wait_ns: int, data: st.DataObject
) -> None:
    rows = records(count, length_ns=length_ns, gap_ns=gap_ns, start_ns=JOB_NS + wait_ns)
    assert problem(rows) == ""
    place = data.draw(st.integers(0, count - 1))
    # Past the end of the last record, or before the job: nowhere in between is there room.
    shift = data.draw(st.sampled_from([-1, 1])) * (rows[-1].end_ns - JOB_NS + 1)
    moved = [*rows]
    moved[place] = shifted(rows[place], shift)
    assert problem(moved, read_ns=rows[-1].end_ns) != ""
