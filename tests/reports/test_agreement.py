"""Two clocks on one program: their ratio is paired by block, and a difference is told, not hidden."""

from collections.abc import Sequence

import pytest
from rich.console import Console

from reports.agreement import render, sentence
from reports.analysis.agreement import Agreed, agreed
from results.agreement import Agreement, Clock, Pair, Process
from results.format import Machine, Placement

PAIR = Pair(
    workload="sequential", contender="python/streams", label="Python streams", language="Python",
    harness="timer 1", known="It is slow on purpose.", warmup=2, iterations=3,
)  # fmt: skip
MACHINE = Machine(
    cpu="c", cores=2, usable_cpus=2, cpu_quota=None, governor=None, memory_bytes=1, kernel="k",
    virtualised=None, python="3", packages={},
)  # fmt: skip
OURS = [10.0, 11.0, 10.5, 30.0, 10.2, 10.4]


def process(block: int, clock: Clock, mean_ns: float | None, broken: Sequence[str] = ()) -> Process:
    """A process with this mean; the harness's own interval is one of ± 2 %."""
    own = mean_ns is not None and clock == "harness"
    return Process(
        block=block, workload="sequential", contender="python/streams", clock=clock, warmup=2,
        calls=5, times_ns=[], mean_ns=mean_ns, broken=[*broken],
        low_ns=mean_ns * 0.98 if own and mean_ns else None,
        high_ns=mean_ns * 1.02 if own and mean_ns else None,
    )  # fmt: skip


def session(theirs: Sequence[float | None], broken: Sequence[str] = ()) -> Agreement:
    """A session of one pair, whose harness found these means."""
    processes = [process(block, "ours", mean) for block, mean in enumerate(OURS)]
    processes += [process(block, "harness", mean, broken) for block, mean in enumerate(theirs)]
    return Agreement(
        schema=1, id="agreement-x", started="2026-01-01T00:00:00Z", status="complete", command="c",
        seed=1, blocks=len(OURS), machine=MACHINE,
        placement=Placement(mode="split", harness=[1], programs=[0]), suite=None, pairs=[PAIR],
        left_out=["csharp: dotnet not found on PATH"], processes=processes,
    )  # fmt: skip


def only(found: Agreement) -> Agreed:
    """What came of the one pair."""
    (row,) = agreed(found)
    return row


def test_the_ratio_is_paired_so_that_a_slow_block_drops_out() -> None:
    row = only(session([1.1 * mean for mean in OURS]))
    assert row.ratio is not None and row.differs
    assert row.ratio.numbers == pytest.approx((1.1, 1.1, 1.1))
    assert row.own == pytest.approx(0.02)
    assert "timer 1 finds 10 % more than we do" in sentence(row)
    assert sentence(row).endswith("It is slow on purpose.")


def test_who_finds_less_is_told_so() -> None:
    assert "finds 10 % less than we do" in sentence(only(session([0.9 * mean for mean in OURS])))


def test_no_difference_is_told_with_what_is_excluded() -> None:
    shares = [0.96, 0.98, 1.01, 1.02, 0.99, 1.03]
    row = only(session([share * mean for share, mean in zip(shares, OURS)]))
    assert not row.differs
    assert sentence(row).endswith("no difference shown; one beyond 4 % is excluded.")


def test_blocks_without_both_figures_do_not_count() -> None:
    row = only(session([None, *OURS[1:]]))
    assert row.blocks == 5 and row.ratio is not None and row.ratio.low is None
    assert sentence(row).endswith("5 blocks have both figures, and an interval needs 6.")
    nothing = only(session([None] * len(OURS), ["W3: 4 requests, where 5 were due"]))
    assert nothing.ratio is None and "no block has both" in sentence(nothing)


def test_the_terminal_shows_who_is_left_out_what_broke_and_both_figures() -> None:
    found = session([2 * mean for mean in OURS[:-1]] + [None], ["W3: 4 requests, where 5 were due"])
    console = Console(width=120)
    with console.capture() as capture:
        console.print(render(found, [*agreed(found)]))
    text = capture.get()
    assert "Left out: csharp: dotnet not found on PATH" in text
    assert "timer 1: W3: 4 requests, where 5 were due" in text
    assert "2.00×" in text and "± 2 %" in text
