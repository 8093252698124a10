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
from reports.charts.ratios import ratios_of
from reports.charts.warmup import curve
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


def test_the_warm_up_curve_is_the_median_over_blocks(survey: Analysis) -> None:
    iterations = survey.frames.iterations
    found = curve(iterations, "survey", "node/http")
    assert found is not None
    own = iterations.query("contender == 'node/http' and valid")
    assert found.median == pytest.approx(own.groupby("iteration")["real_ns"].median().tolist())
    assert all(low <= mid <= high for low, mid, high in zip(found.lower, found.median, found.upper))
    assert found.median[0] == max(found.median)


def test_a_single_iteration_has_no_warm_up_curve(tmp_path: Path) -> None:
    once = analysed(tmp_path / "run", replace(KEEP_ALIVE, iterations=1, warmup=0))
    found = charts.of_workload(once, once.run["workloads"][0])
    assert [picture.name for picture in found] == ["ratios", "blocks", "timeline"]


def test_a_contender_without_a_valid_invocation_has_no_curve() -> None:
    columns = ["workload", "contender", "valid", "measured", "iteration", "real_ns", "block"]
    nothing = pd.DataFrame({name: [] for name in columns}).astype({"valid": bool, "measured": bool})
    assert curve(nothing, "survey", "node/http") is None


@pytest.mark.parametrize("chart", ["ratios", "blocks", "timeline", "warmup"])
def test_axes_are_labelled_with_their_unit(survey: Analysis, chart: str) -> None:
    labels = {axes.get_xlabel() for axes in drawn(survey, chart).axes}
    labels |= {axes.get_ylabel() for axes in drawn(survey, chart).axes}
    assert any("ms" in label or "multiple" in label for label in labels)


def test_pictures_for_a_readme_are_written(survey: Analysis, tmp_path: Path) -> None:
    files = write_pngs(survey, tmp_path)
    names = [f"survey-{chart}.png" for chart in ("ratios", "blocks", "timeline", "warmup")]
    assert [file.name for file in files] == names
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


@pytest.mark.parametrize("chart", ["ratios", "blocks", "timeline", "warmup"])
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
