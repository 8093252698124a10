"""A process's life, and the window that is measured."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from reports import Analysis, charts
from reports.analysis.lives import bins, lives_of
from reports.charts.life import places_of
from reports.words.paces import pace_words
from tests.reports.charts.drawn import drawn, picture_of
from tests.reports.page.runs import KEEP_ALIVE, analysed
from tests.steady_run import STEADY


@pytest.fixture(scope="module")
def steady(tmp_path_factory: pytest.TempPathFactory) -> Analysis:
    return analysed(tmp_path_factory.mktemp("steady") / "run", STEADY)


def test_a_life_is_the_median_over_blocks(survey: Analysis) -> None:
    lives = {life.contender: life for life in lives_of(survey, survey.run["workloads"][0])}
    found = lives["node/http"]
    own = survey.frames.iterations.query("contender == 'node/http' and valid")
    middle = own.groupby("iteration")["real_ns"].median().to_numpy()
    assert found.whole.median == pytest.approx(middle)
    assert (found.whole.lower <= found.whole.median).all()
    assert (found.whole.median <= found.whole.upper).all()
    assert found.whole.median[0] == found.whole.median.max()
    assert (found.warmup, found.young) == (1, None)


def test_the_window_is_what_is_measured_over_its_mean(steady: Analysis) -> None:
    for life in lives_of(steady, steady.run["workloads"][1]):
        assert life.window is not None and life.pace is not None
        assert (life.window.edges[0], life.window.edges[-1]) == (4, 16)
        own = steady.frames.iterations.query(
            f"contender == '{life.contender}' and workload == 'sequential' and valid and measured"
        )
        table = own.pivot(index="block", columns="iteration", values="real_ns")
        relative = table.div(table.mean(axis=1), axis=0).median()
        assert life.window.median == pytest.approx(relative.to_numpy())


def test_the_pace_stands_beside_the_window(steady: Analysis) -> None:
    figure = drawn(steady, "life", workload=1)
    words = [text.get_text() for axes in figure.axes for text in axes.texts]
    paces = [pace_words(r) for r in steady.summary["paces"] if r["workload"] == "sequential"]
    assert len(paces) == 2 and all(words.count(pace) == paces.count(pace) for pace in paces)
    assert words.count("measured") == 2 and words.count("warm-up 4") == 2
    assert all(pace in picture_of(steady, "life", workload=1).finding for pace in paces)


def test_later_iterations_of_a_long_life_are_taken_together(tmp_path: Path) -> None:
    run = replace(KEEP_ALIVE, iterations=80, blocks=6, measures="steady", young=3)
    run = replace(run, workloads=("survey",), contenders=("node/http", "csharp/socket"))
    analysis = analysed(tmp_path / "run", run)
    (workload,) = analysis.run["workloads"]
    for found in lives_of(analysis, workload):
        own = analysis.frames.iterations.query(f"contender == '{found.contender}' and valid")
        first, end = found.whole.edges[-2:]
        assert end == 80 and end - first > 1
        last = own[own["iteration"] >= first].groupby("block")["real_ns"].mean()
        assert found.whole.median[-1] == pytest.approx(last.median())
        assert first <= places_of(found.whole)[-1] <= end - 1
    data = picture_of(analysis, "life").data
    assert data is not None and data.columns[-1].name == f"{first}–79"


@pytest.mark.parametrize("iterations", [1, 2, 7, 48, 49, 100, 12_345, 1_000_000])
def test_bins_follow_each_other_and_are_few(iterations: int) -> None:
    edges = bins(iterations, 48)
    assert (edges[0], edges[-1]) == (0, iterations)
    assert all(low < high for low, high in zip(edges, edges[1:]))
    assert len(edges) - 1 == iterations if iterations <= 48 else 30 <= len(edges) - 1 <= 48


def test_a_single_iteration_has_no_life_to_show(tmp_path: Path) -> None:
    once = analysed(tmp_path / "run", replace(KEEP_ALIVE, iterations=1, warmup=0))
    found = charts.of_workload(once, once.run["workloads"][0])
    assert [picture.name for picture in found] == ["forest", "latencies", "timeline", "cost"]


def test_the_axes_of_all_lives_are_the_same(survey: Analysis) -> None:
    axes = [a for a in drawn(survey, "life").axes if a.get_xscale() == "log"]
    assert len(axes) == 7
    assert len({a.get_ylim() for a in axes}) == len({a.get_xlim() for a in axes}) == 1
    assert all(np.isfinite(a.get_ylim()).all() for a in axes)
