"""Cold beside warm, and typical beside mean: the answer says where the order turns."""

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from reports import Analysis
from reports.analysis.amounts import Amount
from reports.analysis.frames import frames_of
from reports.analysis.once import once_times
from reports.analysis.summary import summarise
from reports.page.answer import answers
from reports.words import sentences
from reports.words.cold import cold_and_warm
from reports.words.stalls import told_stalls
from results.run_folder import RunFolder
from tests.reports.page.runs import analysed
from tests.synthetic_run import SyntheticRun, write_run

RUN = SyntheticRun(
    blocks=8,
    iterations=16,
    young=3,
    workloads=("sequential",),
    contenders=("csharp/socket", "node/net"),
    measures="steady",
    flat=True,
)


def with_start_up(folder: Path, factor: float) -> Analysis:
    """C# Socket, which is the faster one once warm, takes `factor` times as long to start."""
    run = RunFolder.read(write_run(folder, RUN))
    frames = frames_of(run)
    iterations = frames.iterations.copy()
    slow = iterations["contender"] == "csharp/socket"
    iterations["startup_ns"] = iterations["startup_ns"].where(
        ~slow, iterations["startup_ns"] * factor
    )
    frames = replace(frames, iterations=iterations)
    return Analysis.of(run, frames, summarise(run, frames, sentences), None)


def test_where_the_warm_leader_starts_slowly_both_are_told(tmp_path: Path) -> None:
    analysis = with_start_up(tmp_path / "run", 20)
    ((reply,),) = (answer.replies for answer in answers(analysis))
    once, steady = reply.phases
    assert (once.name, once.who) == ("Run once", "node/net")
    assert (steady.name, steady.who) == ("Steady", "csharp/socket")
    assert reply.who == ("csharp/socket",)
    assert "Node net leads" in reply.break_even and "Run once, start-up" in reply.break_even


def test_where_the_leader_is_the_same_there_is_one(tmp_path: Path) -> None:
    analysis = with_start_up(tmp_path / "run", 0.5)
    (standing,) = analysis.standings["sequential"]
    assert cold_and_warm(analysis, standing)[0] == ()


def test_run_once_is_start_up_and_the_first_iteration_of_a_block(tmp_path: Path) -> None:
    frame = analysed(tmp_path / "run", RUN).frames.iterations
    found = once_times(frame, "sequential")["node/net"]
    first = frame[(frame["contender"] == "node/net") & (frame["iteration"] == 0)]
    sums = first["startup_ns"] + first["real_ns"]
    assert sums.min() <= found.value <= sums.max()
    assert found.value == pytest.approx(sums.median(), rel=0.05)
    assert found.low is not None and found.low < found.value


def test_nobody_has_run_once_without_a_start_up(tmp_path: Path) -> None:
    frame = analysed(tmp_path / "run", RUN).frames.iterations.assign(startup_ns=pd.NA)
    assert once_times(frame, "sequential") == {}


@pytest.mark.parametrize(
    ("low", "high", "told"), [(0.7, 0.9, True), (0.9, 1.1, False), (1.2, 1.4, False)]
)
def test_a_typical_ping_is_told_where_it_orders_the_two_otherwise(
    tmp_path: Path, low: float, high: float, told: bool
) -> None:
    analysis = analysed(tmp_path / "run", RUN)
    (standing,) = analysis.standings["sequential"]
    best, rival = standing.places[0].contender, standing.places[1].contender
    rows = [row for row in analysis.summary["comparisons"] if row["metric"] != "p50"]
    row = rows[0].copy()
    row["metric"], row["a"], row["b"] = "p50", best, rival
    row["ratio"], row["low"], row["high"] = (low * high) ** 0.5, low, high
    summary = analysis.summary.copy()
    summary["comparisons"] = [*rows, row]
    assert standing.rivals[0].ratio.low is not None and standing.rivals[0].ratio.low > 1
    said = told_stalls(replace(analysis, summary=summary), standing)
    # Where the mean itself does not tell the two apart, nothing is turned.
    close = replace(standing.places[1], ratio=Amount(1.01, 0.98, 1.04))
    alike = replace(standing, places=(standing.places[0], close))
    assert told_stalls(replace(analysis, summary=summary), alike) == ""
    assert ("as fast with Node net (95 % interval 1.11–1.43)" in said) is told
    assert bool(said) is told
