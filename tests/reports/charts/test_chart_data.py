"""What the charts show, asserted on their data and not on pixels."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text

from reports import Analysis, charts
from reports.analysis.amounts import Amount
from reports.analysis.traces import Trace, at_origin, joined
from reports.charts.blocks import block_values_of
from reports.charts.life import bins, life, lives_of
from reports.charts.overview import panels_of
from reports.charts.ratios import ratios_of
from reports.drawing import palette
from reports.drawing.canvas import Canvas, fitted
from reports.png import write_pngs
from reports.publish import analyse
from results.format import RUN_FILE
from tests.reports.page.runs import KEEP_ALIVE, SURVEY, analysed
from tests.synthetic_run import SyntheticRun, write_run


def drawn(analysis: Analysis, chart: str, width: int = 820) -> Figure:
    """A chart of the run's first workload."""
    run = analysis.run
    styles = palette.styles(run["contenders"])
    theme = palette.coloured(palette.LIGHT, styles)
    found = {each.name: each for each in charts.of_workload(analysis, run["workloads"][0])}
    return found[chart].draw(Canvas(width=width, theme=theme, styles=styles))


def median_of(analysis: Analysis, contender: str) -> Trace:
    found = analysis.frames.pings["survey", contender].median
    assert found is not None
    return found


def test_ratios_are_the_summary_s_seen_from_the_best(survey: Analysis) -> None:
    for group in ratios_of(survey, survey.run["workloads"][0]):
        best, *others = group.rows
        assert best.amount == Amount(value=1.0)
        for other in others:
            (row,) = (
                row
                for row in survey.summary["comparisons"]
                if row["metric"] == "real"
                and {row["a"], row["b"]} == {best.contender, other.contender}
            )
            assert row["ratio"] is not None
            forward = row["ratio"] if row["a"] == best.contender else 1 / row["ratio"]
            assert other.amount is not None
            ratio, low, high = other.amount.numbers
            assert ratio == pytest.approx(forward)
            assert low <= ratio <= high


def test_the_overview_says_of_each_tier_what_the_standings_say(survey: Analysis) -> None:
    standings = {each.heading: each for each in survey.standings["survey"]}
    panels = {panel.heading: panel for panel in panels_of(survey)}
    assert panels.keys() == {h for h, s in standings.items() if len(s.places) > 1}
    for heading, panel in panels.items():
        (row,) = panel.rows
        places = {place.contender: place for place in standings[heading].places}
        assert {mark.contender for mark in row.marks} == places.keys() == {*panel.contenders}
        for mark in row.marks:
            place = places[mark.contender]
            assert mark.ratio == place.ratio
            best = place is standings[heading].places[0]
            assert mark.proven == (standings[heading].proven if best else place.against == "slower")


@pytest.mark.parametrize("width", [820, 340])
def test_the_overview_has_a_mark_for_each_contender_and_workload(
    survey: Analysis, width: int
) -> None:
    styles = palette.styles(survey.run["contenders"])
    theme = palette.coloured(palette.LIGHT, styles)
    (picture,) = charts.of_run(survey)
    figure = picture.draw(Canvas(width=width, theme=theme, styles=styles))
    panels = panels_of(survey)
    for axes, panel in zip(figure.axes, panels, strict=True):
        drawn_at = [list(line.get_xdata()) for line in axes.lines]
        for row in panel.rows:
            for mark in row.marks:
                assert [mark.ratio.value] in drawn_at


def test_the_ratio_chart_has_a_marker_and_an_interval_for_each(survey: Analysis) -> None:
    (axes,) = drawn(survey, "ratios").axes
    lines = [list(line.get_xdata()) for line in axes.lines]
    for group in ratios_of(survey, survey.run["workloads"][0]):
        for dot in group.rows:
            assert dot.amount is not None
            value, *interval = dot.amount.numbers
            assert [value] in lines
            assert not interval or interval in lines


def test_every_block_s_value_is_drawn(survey: Analysis) -> None:
    measured = survey.frames.iterations.query("measured and valid")
    (axes,) = drawn(survey, "blocks").axes
    points = sorted(round(float(x), 9) for line in axes.lines for x in line.get_xdata())
    for group in block_values_of(survey, survey.run["workloads"][0]):
        for row in group.rows:
            own = (
                measured[measured["contender"] == row.contender].groupby("block")["real_ns"].mean()
            )
            assert row.values == pytest.approx(own.tolist())
            assert row.blocks == tuple(range(9))
            assert {round(value / 1e6, 9) for value in row.values} <= set(points)


def test_the_timeline_shows_the_lower_median_iteration(survey: Analysis) -> None:
    trace = median_of(survey, "node/http")
    own = survey.frames.iterations.query("contender == 'node/http' and measured and valid")
    assert trace.real_ns == np.sort(own["real_ns"].to_numpy())[(len(own) - 1) // 2]
    (row,) = own[(own["block"] == trace.block) & (own["iteration"] == trace.iteration)].itertuples()
    assert row.real_ns == trace.real_ns
    assert trace.chains == 2 and trace.start.size == 4
    assert trace.sum_ns == row.sum_ns
    assert trace.at_origin_ns == pytest.approx(4 * 5.003e6)


def test_a_panel_a_contender_with_one_axis_in_a_tier(survey: Analysis) -> None:
    axes = drawn(survey, "timeline").axes
    assert len(axes) == 7
    limits = [panel.get_xlim() for panel in axes]
    assert len(set(limits[:4])) == len(set(limits[4:])) == 1


def test_pings_that_follow_each_other_at_once_are_one_bar() -> None:
    trace = _trace(chain=[0, 0, 1, 1], start=[0, 11, 0, 30], end=[10, 20, 10, 40])
    bars = joined(trace, 5)
    assert list(zip(bars.chain, bars.left, bars.right)) == [(0, 0, 20), (1, 0, 10), (1, 30, 40)]


def test_a_visit_at_the_origin_too_short_to_see_is_not_drawn() -> None:
    trace = _trace(
        chain=[0, 0, 1],
        start=[0, 10, 0],
        end=[9, 20, 9],
        seen=[2, 12, np.nan],
        sent=[3, 18, np.nan],
    )
    bars = at_origin(trace, 2)
    assert list(zip(bars.left, bars.right)) == [(12, 18)]


def test_many_chains_and_pings_stay_a_small_picture(tmp_path: Path) -> None:
    analysis = analysed(tmp_path / "run", replace(KEEP_ALIVE, workloads=("parallel",), blocks=6))
    figure = drawn(analysis, "timeline")
    assert all(len(panel.patches) + len(panel.artists) <= 6 for panel in figure.axes)
    assert figure.get_size_inches()[1] * 72 < 1200


def test_a_life_is_the_median_over_blocks(survey: Analysis) -> None:
    (workload,) = survey.run["workloads"]
    found = life(survey.frames.iterations, workload, "node/http")
    assert found is not None
    own = survey.frames.iterations.query("contender == 'node/http' and valid")
    assert found.median == pytest.approx(own.groupby("iteration")["real_ns"].median().to_numpy())
    assert (found.lower <= found.median).all() and (found.median <= found.upper).all()
    assert found.median[0] == found.median.max()
    assert (found.warmup, found.young) == (1, None)


def test_later_iterations_of_a_long_life_are_taken_together(tmp_path: Path) -> None:
    run = replace(KEEP_ALIVE, iterations=40, blocks=6, measures="steady", young=3)
    analysis = analysed(tmp_path / "run", replace(run, contenders=("node/http", "csharp/socket")))
    (workload,) = analysis.run["workloads"]
    for found in lives_of(analysis, workload):
        own = analysis.frames.iterations.query(f"contender == '{found.contender}' and valid")
        first, end = found.edges[-2:]
        assert end == 40 and end - first > 1
        last = own[own["iteration"] >= first].groupby("block")["real_ns"].mean()
        assert found.median[-1] == pytest.approx(last.median())
        assert first <= found.places[-1] <= end - 1
    (picture,) = (p for p in charts.of_workload(analysis, workload) if p.name == "life")
    assert "in steps of 15 %" in picture.caption and "iterations 1 to 3" in picture.caption
    assert picture.data is not None and picture.data.columns[-1].name == f"{first}–39"


@pytest.mark.parametrize("iterations", [1, 2, 7, 8, 100, 12_345])
def test_bins_follow_each_other_and_are_few(iterations: int) -> None:
    edges = bins(iterations)
    assert (edges[0], edges[-1]) == (0, iterations)
    assert all(low < high for low, high in zip(edges, edges[1:]))
    assert len(edges) < 70 and edges[:8] == tuple(range(min(iterations + 1, 8)))


def test_a_single_iteration_has_no_life_to_show(tmp_path: Path) -> None:
    once = analysed(tmp_path / "run", replace(KEEP_ALIVE, iterations=1, warmup=0))
    found = charts.of_workload(once, once.run["workloads"][0])
    assert [picture.name for picture in found] == ["ratios", "blocks", "timeline"]


def test_a_contender_without_a_valid_invocation_has_no_life(survey: Analysis) -> None:
    columns = ["workload", "contender", "valid", "measured", "iteration", "real_ns", "block"]
    nothing = pd.DataFrame({name: [] for name in columns}).astype({"valid": bool, "measured": bool})
    assert life(nothing, survey.run["workloads"][0], "node/http") is None


@pytest.mark.parametrize("chart", ["ratios", "blocks", "timeline", "life"])
def test_axes_are_labelled_with_their_unit(survey: Analysis, chart: str) -> None:
    labels = {axes.get_xlabel() for axes in drawn(survey, chart).axes}
    labels |= {axes.get_ylabel() for axes in drawn(survey, chart).axes}
    assert any("ms" in label or "multiple" in label for label in labels)


def test_pictures_for_a_readme_are_written(survey: Analysis, tmp_path: Path) -> None:
    files = write_pngs(survey, tmp_path)
    names = [f"survey-{chart}.png" for chart in ("ratios", "blocks", "timeline", "life")]
    assert [file.name for file in files] == ["run-overview.png", *names]
    assert all(file.read_bytes().startswith(b"\x89PNG") for file in files)


def test_a_workload_s_name_never_leads_out_of_the_folder(tmp_path: Path) -> None:
    run = SyntheticRun(workloads=("survey",), contenders=("node/http",), blocks=6, iterations=3)
    folder = write_run(tmp_path / "run", run)
    for name in ("run.json", "invocations.jsonl"):
        file = folder / name
        file.write_text(file.read_text().replace('"survey"', '"../../evil"'))
    analysis = analyse(folder)
    target = tmp_path / "pictures"
    target.mkdir()
    files = write_pngs(analysis, target)
    assert {file.parent for file in files} == {target}
    assert {file.name.rsplit("-", 1)[0] for file in files} == {"workload-0"}


@pytest.mark.parametrize("chart", ["ratios", "blocks", "timeline", "life"])
@pytest.mark.parametrize("width", [820, 340])
def test_a_label_of_24_characters_is_whole_in_every_chart(
    tmp_path: Path, chart: str, width: int
) -> None:
    folder = write_run(tmp_path / "run", SURVEY)
    plan = json.loads((folder / RUN_FILE).read_text())
    labels = [f"Node http, promise cha {n:02}"[:24] for n in range(len(plan["contenders"]))]
    for contender, label in zip(plan["contenders"], labels, strict=True):
        contender["label"] = label
    (folder / RUN_FILE).write_text(json.dumps(plan))
    figure = drawn(analyse(folder), chart, width)
    shown = {text.get_text() for text in figure.findobj(Text)}
    assert set(map(len, labels)) == {24}
    assert set(labels) <= shown


def test_a_label_is_cut_to_the_room_it_has() -> None:
    assert fitted("short", 100, 12) == "short"
    assert fitted("x" * 50, 70, 12) == "x" * 9 + "…"
    assert fitted("漢" * 50, 70, 12) == "漢" * 4 + "…"


def _trace(
    chain: list[float],
    start: list[float],
    end: list[float],
    seen: list[float] | None = None,
    sent: list[float] | None = None,
) -> Trace:
    missing = [np.nan] * len(chain)
    return Trace(
        contender="a/b",
        block=0,
        iteration=0,
        real_ns=max(end),
        chain=np.array(chain, dtype=float),
        start=np.array(start, dtype=float),
        end=np.array(end, dtype=float),
        seen=np.array(seen or missing, dtype=float),
        sent=np.array(sent or missing, dtype=float),
    )
