"""Ratios with their intervals, beside the blocks that they come from."""

from dataclasses import replace
from pathlib import Path

import pytest
from matplotlib.patches import PathPatch

from reports import Analysis
from reports.analysis.amounts import Amount
from reports.analysis.forest import trees_of
from tests.reports.charts.drawn import drawn, picture_of
from tests.reports.page.runs import KEEP_ALIVE, SURVEY, analysed


def xs(analysis: Analysis, width: int = 820) -> list[list[float]]:
    """The x of all lines and paths of the chart, in its axes' units."""
    found = []
    for axes in drawn(analysis, "forest", width).axes:
        found += [[float(x) for x in line.get_xdata()] for line in axes.lines]
        for patch in axes.patches:
            if isinstance(patch, PathPatch):
                found.append(patch.get_path().vertices[:, 0].tolist())
    return found


def test_ratios_are_the_summary_s_seen_from_the_best(survey: Analysis) -> None:
    for tree in trees_of(survey, survey.run["workloads"][0]):
        best, *others = tree.branches
        assert best.ratio == Amount(value=1.0) and not best.ratios
        for other in others:
            (row,) = (
                row
                for row in survey.summary["comparisons"]
                if row["metric"] == "real"
                and {row["a"], row["b"]} == {best.contender, other.contender}
            )
            assert row["ratio"] is not None
            forward = row["ratio"] if row["a"] == best.contender else 1 / row["ratio"]
            ratio, low, high = other.ratio.numbers
            assert ratio == pytest.approx(forward)
            assert low <= ratio <= high
            assert min(other.ratios.values()) <= ratio <= max(other.ratios.values())


def test_a_block_s_ratio_is_that_of_its_own_two_times(survey: Analysis) -> None:
    measured = survey.frames.iterations.query("measured and valid")
    means = measured.groupby(["contender", "block"], observed=True)["real_ns"].mean()
    for tree in trees_of(survey, survey.run["workloads"][0]):
        best, *others = tree.branches
        for other in others:
            for block, ratio in other.ratios.items():
                own, least = means[other.contender, block], means[best.contender, block]
                assert ratio == pytest.approx(own / least)


def test_the_blocks_of_young_processes_are_young(tmp_path: Path) -> None:
    run = replace(SURVEY, iterations=8, measures="young", young=3)
    analysis = analysed(tmp_path / "run", replace(run, contenders=("node/http", "csharp/socket")))
    young = analysis.frames.iterations.query("valid and 1 <= iteration <= 3")
    for tree in trees_of(analysis, analysis.run["workloads"][0]):
        for branch in tree.branches:
            own = young[young["contender"] == branch.contender].groupby("block")["real_ns"].mean()
            assert list(branch.times.values()) == pytest.approx(own.tolist())


@pytest.mark.parametrize("width", [820, 320])
def test_every_block_s_time_and_every_ratio_is_drawn(survey: Analysis, width: int) -> None:
    shown = xs(survey, width)
    points = {round(x, 6) for line in shown for x in line}
    for tree in trees_of(survey, survey.run["workloads"][0]):
        for branch in tree.branches:
            assert branch.times.keys() == set(range(9))
            assert {round(time / 1e6, 6) for time in branch.times.values()} <= points
            assert {round(ratio, 6) for ratio in branch.ratios.values()} <= points
            value, *interval = branch.ratio.numbers
            if branch.ratios:
                assert [value] in shown and interval in shown


def test_a_contender_far_behind_is_told_and_not_drawn(tmp_path: Path) -> None:
    everybody = ("python/streams", "csharp/socket", "node/net")
    run = replace(KEEP_ALIVE, contenders=everybody)
    analysis = analysed(tmp_path / "run", run)
    name = picture_of(analysis, "forest").caption
    assert "An arrow" not in name  # 2.7 times is not far
    slow = analysed(tmp_path / "slow", replace(KEEP_ALIVE, workloads=("sequential",)))
    ratios = [b.ratio.value for t in trees_of(slow, slow.run["workloads"][0]) for b in t.branches]
    assert max(ratios) > 3
    assert "An arrow" in picture_of(slow, "forest").caption
    _, axes = drawn(slow, "forest").axes
    assert axes.get_xlim()[1] == 2.0
    assert any(line.get_marker() == ">" for line in axes.lines)


def test_of_many_blocks_no_lines_are_drawn_and_that_is_said(tmp_path: Path) -> None:
    pair = ("csharp/socket", "node/net")
    run = replace(KEEP_ALIVE, contenders=pair, iterations=2, workloads=("survey",))
    few = analysed(tmp_path / "few", run)
    many = analysed(tmp_path / "many", replace(run, blocks=41))
    joined = [
        sum(isinstance(patch, PathPatch) for patch in drawn(each, "forest").axes[0].patches)
        for each in (few, many)
    ]
    assert joined[0] == joined[1] + 1
    assert "left out" in picture_of(many, "forest").caption
