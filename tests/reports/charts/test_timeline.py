"""The iteration that is drawn, and the parts of its pings."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from reports import Analysis
from reports.analysis.traces import Bars, Trace, parts_of, under_way
from tests.reports.charts.drawn import drawn, picture_of
from tests.reports.page.runs import KEEP_ALIVE, SURVEY, analysed


def trace_of(analysis: Analysis, contender: str) -> Trace:
    (workload,) = analysis.run["workloads"]
    found = analysis.frames.pings[workload["name"], contender].nearest
    assert found is not None
    return found


def made_up(**columns: list[float]) -> Trace:
    """A trace of a program that the origin saw only where `seen` and `sent` say so."""
    missing = [np.nan] * len(columns["start"])
    arrays = {name: np.array(columns.get(name, missing), dtype=float) for name in (
        "chain", "start", "end", "seen", "sent")}  # fmt: skip
    return Trace(contender="a/b", block=0, iteration=0, real_ns=arrays["end"].max(), **arrays)


@pytest.mark.parametrize("measures", [None, "young"])
def test_it_is_the_iteration_nearest_to_the_estimate_of_the_table(
    tmp_path: Path, measures: None
) -> None:
    run = replace(SURVEY, iterations=8, measures=measures, young=3)
    analysis = analysed(tmp_path / "run", replace(run, contenders=("node/http", "csharp/socket")))
    for place in analysis.places("survey"):
        trace = trace_of(analysis, place.contender)
        own = analysis.frames.iterations.query(f"contender == '{place.contender}' and valid")
        own = own[own["young"]] if measures else own[own["measured"]]
        apart = np.abs(np.log(own["real_ns"].to_numpy() / place.time.value))
        assert abs(np.log(trace.real_ns / place.time.value)) == pytest.approx(apart.min())
        (row,) = own[
            (own["block"] == trace.block) & (own["iteration"] == trace.iteration)
        ].itertuples()
        assert row.real_ns == trace.real_ns and trace.sum_ns == row.sum_ns


def test_the_time_drawn_is_that_of_the_table(survey: Analysis) -> None:
    for place in survey.places("survey"):
        assert trace_of(survey, place.contender).real_ns == pytest.approx(
            place.time.value, rel=0.05
        )


def test_a_ping_has_three_parts(survey: Analysis) -> None:
    trace = trace_of(survey, "node/http")
    assert trace.chains == 2 and trace.start.size == 4
    assert trace.at_origin_ns == pytest.approx(4 * 5.003e6)
    parts = parts_of(trace)
    spent = [(bars.right - bars.left).sum() for bars in (parts.request, parts.origin, parts.answer)]
    assert sum(spent) == pytest.approx(trace.sum_ns)
    assert spent[1] == pytest.approx(trace.at_origin_ns)


def test_where_the_origin_was_not_there_a_ping_is_whole() -> None:
    parts = parts_of(
        made_up(chain=[0, 0], start=[0, 10], end=[9, 20], seen=[2, np.nan], sent=[3, np.nan])
    )
    assert list(zip(parts.request.left, parts.request.right)) == [(0, 2), (10, 20)]
    assert list(zip(parts.origin.left, parts.origin.right)) == [(2, 3)]
    assert list(zip(parts.answer.left, parts.answer.right)) == [(3, 9)]


def test_how_many_are_under_way_is_counted_on_average() -> None:
    bars = Bars(left=np.array([0.0, 5.0]), right=np.array([10.0, 15.0]), chain=np.zeros(2))
    assert under_way(bars, np.array([0.0, 5, 10, 15, 20])).tolist() == [1, 2, 1, 0]
    assert under_way(bars, np.array([0.0, 20])).tolist() == [1]


def test_of_too_many_pings_the_longest_are_kept() -> None:
    trace = made_up(chain=[0, 1, 2], start=[0, 0, 0], end=[5, 9, 7]).longest_first(2)
    assert trace.end.tolist() == [9, 7]


def test_a_panel_a_contender_with_one_axis_in_a_tier(survey: Analysis) -> None:
    axes = drawn(survey, "timeline").axes
    assert len(axes) == 7
    limits = [panel.get_xlim() for panel in axes]
    assert len(set(limits[:4])) == len(set(limits[4:])) == 1


def test_many_chains_are_a_stack_and_a_small_picture(tmp_path: Path) -> None:
    run = replace(KEEP_ALIVE, workloads=("parallel",), contenders=("node/http", "csharp/socket"))
    analysis = analysed(tmp_path / "run", run)
    assert "Stacked" in picture_of(analysis, "timeline").caption
    figure = drawn(analysis, "timeline")
    for panel in figure.axes:
        assert panel.get_ylim() == (0, 64) and len(panel.collections) == 3
    assert figure.get_size_inches()[1] * 72 < 500


def test_the_finding_tells_times_and_shares(survey: Analysis) -> None:
    told = picture_of(survey, "timeline").finding
    assert "Node http" in told and "% at the origin" in told
