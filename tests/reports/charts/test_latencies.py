"""The distribution of single pings."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from reports import Analysis
from reports.analysis.latencies import latencies
from reports.charts.latencies import height_of
from tests.reports.charts.drawn import drawn, picture_of
from tests.reports.page.runs import KEEP_ALIVE, analysed


@pytest.mark.parametrize("size", [1, 2, 19, 20, 1000, 123_457])
def test_a_quantile_is_the_smallest_duration_with_so_many_no_longer(size: int) -> None:
    durations = np.random.default_rng(3).lognormal(12, 1, size)
    found = latencies(durations)
    for share, time in zip(found.shares, found.times):
        assert (durations <= time).mean() >= share - 1e-9
        assert (durations < time).mean() <= share + 1e-9
    assert (np.diff(found.shares) > 0).all() and (np.diff(found.times) >= 0).all()


def test_it_ends_where_ten_pings_are_slower() -> None:
    durations = np.arange(1.0, 10_001.0)
    found = latencies(durations)
    assert (durations > found.times[-1]).sum() == 10
    assert found.at(0.99) == pytest.approx(9900, rel=1e-3)
    assert found.at(0.9999) is None


def test_a_hundred_times_the_pings_are_two_dozen_points_more() -> None:
    small, large = (latencies(np.arange(1.0, size)).shares.size for size in (10_000, 1_000_000))
    assert large - small == 24


def test_the_curves_are_the_measured_pings_of_all_blocks(tmp_path: Path) -> None:
    run = replace(KEEP_ALIVE, contenders=("node/http", "csharp/socket"))
    analysis = analysed(tmp_path / "run", run)
    (cell,) = (k for k in analysis.frames.pings if k[1] == "node/http")
    own = analysis.frames.pings[cell].latencies
    assert own.count == 9 * 2 * 8 * 32
    middle = analysis.estimate(*cell, "p50")
    assert middle is not None and own.at(0.5) == pytest.approx(middle.value, rel=0.02)
    table = picture_of(analysis, "latencies").data
    assert table is not None
    assert [column.name for column in table.columns] == ["p50", "p90", "p99"]
    axes = drawn(analysis, "latencies").axes
    assert len(axes) == 2
    line = next(line for line in axes[0].lines if line.get_zorder() == 3)
    assert list(line.get_ydata()) == height_of(own.shares).tolist()


def test_the_finding_tells_the_middle_and_the_tail(survey: Analysis) -> None:
    told = picture_of(survey, "latencies").finding
    assert "C# HttpClient" in told and "Half of the pings" in told


def test_each_nine_is_one_higher() -> None:
    heights = height_of(np.array([0.0, 0.9, 0.99, 0.999]))
    assert heights[0] == 0
    assert np.diff(heights)[1:].tolist() == pytest.approx([1, 1])
