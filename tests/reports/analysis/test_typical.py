"""The median of a window's iterations beside its mean."""

from dataclasses import replace
from pathlib import Path

import pytest

from reports.analysis.frames import frames_of
from reports.analysis.summary import Summary, summarise
from reports.words import sentences
from results.run_folder import RunFolder
from tests.synthetic_run import SyntheticRun, write_run

RUN = SyntheticRun(
    blocks=8,
    iterations=22,
    young=3,
    workloads=("sequential",),
    contenders=("csharp/socket", "node/net"),
    measures="steady",
    flat=True,
)


def summary_of(folder: Path, stall: float) -> Summary:
    """A run in which every fifth iteration of the faster contender takes `stall` times as long."""
    run = RunFolder.read(write_run(folder, RUN))
    frames = frames_of(run)
    iterations = frames.iterations.copy()
    hit = (iterations["contender"] == "csharp/socket") & (iterations["iteration"] % 5 == 0)
    iterations["real_ns"] = iterations["real_ns"].where(~hit, iterations["real_ns"] * stall)
    return summarise(run, replace(frames, iterations=iterations), sentences)


@pytest.mark.parametrize(("stall", "both"), [(1, False), (2, False), (9, True)])
def test_where_stalls_turn_the_order_the_sentence_says_both(
    tmp_path: Path, stall: float, both: bool
) -> None:
    rows = {row["metric"]: row for row in summary_of(tmp_path, stall)["comparisons"]}
    assert rows["typical"]["ratio"] == pytest.approx(1.55, rel=0.05)
    assert rows["typical"]["verdict"] is None
    said = str(rows["real"]["sentence"])
    assert said.startswith("Node net is" if both else "C# Socket is")
    assert ("that is with stalls" in said) is both
    if both:
        assert "in a typical iteration, the median, C# Socket is 1.5" in said
