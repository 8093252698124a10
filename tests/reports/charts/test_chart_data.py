"""What all charts have in common, and the overview; asserted on their data and not on pixels."""

import json
from pathlib import Path

import pytest
from matplotlib.lines import Line2D
from matplotlib.text import Text

from reports import Analysis, charts
from reports.charts import overview
from reports.charts.overview import Mark, panels_of
from reports.drawing.canvas import TEXT, fitted
from reports.png import write_pngs
from reports.publish import analyse
from results.format import RUN_FILE
from tests.reports.charts.drawn import canvas_of, drawn, picture_of
from tests.reports.page.runs import SURVEY
from tests.synthetic_run import SyntheticRun, write_run

CHARTS = ["forest", "latencies", "timeline", "life", "cost"]


def has_interval(line: Line2D, mark: Mark) -> bool:
    """Whether it is the line of the mark's interval."""
    return list(line.get_xdata()) == [mark.ratio.low, mark.ratio.high]


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


@pytest.mark.parametrize("width", [820, 320])
def test_the_overview_has_a_mark_for_each_contender_and_workload(
    survey: Analysis, width: int
) -> None:
    (picture,) = charts.of_run(survey)
    figure = picture.draw(canvas_of(survey, width))
    panels = panels_of(survey)
    for axes, panel in zip(figure.axes, panels, strict=True):
        drawn_at = [list(line.get_xdata()) for line in axes.lines]
        for row in panel.rows:
            for mark in row.marks:
                assert [mark.ratio.value] in drawn_at
                broken = {line.is_dashed() for line in axes.lines if has_interval(line, mark)}
                assert broken in (set(), {not mark.steady})


def test_the_overview_leaves_out_who_is_far_from_every_lowest_time_and_says_so(
    survey: Analysis, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = charts.of_run(survey)[0].caption
    monkeypatch.setattr(overview, "_MOST", 2)
    standings = {each.heading: each for each in survey.standings["survey"]}
    for panel in panels_of(survey):
        places = standings[panel.heading].places
        assert places[0].contender in panel.contenders and len(panel.contenders) == 2
        assert panel.left_out == len(places) - 2
        furthest = max(places, key=lambda place: place.ratio.value)
        assert furthest.contender not in panel.contenders
    (picture,) = charts.of_run(survey)
    assert "Left out are 3" in picture.caption and "Left out" not in whole


@pytest.mark.parametrize("chart", CHARTS)
def test_axes_are_labelled_with_their_unit(survey: Analysis, chart: str) -> None:
    figure = drawn(survey, chart)
    labels = {axes.get_xlabel() for axes in figure.axes}
    labels |= {axes.get_ylabel() for axes in figure.axes}
    assert any("ms" in label or "multiple" in label for label in labels)


@pytest.mark.parametrize("chart", CHARTS)
@pytest.mark.parametrize("width", [820, 320])
def test_no_text_is_smaller_than_14_pixels(survey: Analysis, chart: str, width: int) -> None:
    figure = drawn(survey, chart, width)
    shown = [text for text in figure.findobj(Text) if text.get_text()]
    assert TEXT >= 14 and {text.get_fontsize() for text in shown} == {TEXT}


@pytest.mark.parametrize("chart", CHARTS)
def test_what_is_said_in_place_of_a_chart_is_its_finding(survey: Analysis, chart: str) -> None:
    picture = picture_of(survey, chart)
    assert picture.finding and picture.finding != picture.caption
    assert any(label in picture.finding for label in survey.labels.values())
    assert any(letter.isdigit() for letter in picture.finding)


def test_pictures_for_a_readme_are_written(survey: Analysis, tmp_path: Path) -> None:
    files = write_pngs(survey, tmp_path)
    names = [f"survey-{chart}.png" for chart in CHARTS]
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


@pytest.mark.parametrize("chart", CHARTS)
def test_a_label_of_20_characters_is_whole_in_every_chart(tmp_path: Path, chart: str) -> None:
    folder = write_run(tmp_path / "run", SURVEY)
    plan = json.loads((folder / RUN_FILE).read_text())
    labels = [f"Node http, promise {n}"[:20] for n in range(len(plan["contenders"]))]
    for contender, label in zip(plan["contenders"], labels, strict=True):
        contender["label"] = label
    (folder / RUN_FILE).write_text(json.dumps(plan))
    analysis = analyse(folder)
    for width in (820, 320):
        shown = {text.get_text() for text in drawn(analysis, chart, width).findobj(Text)}
        assert set(map(len, labels)) == {20}
        assert set(labels) <= shown


def test_twenty_contenders_are_thinned_and_that_is_said() -> None:
    assert charts.thinned(7, 7) == ""
    assert "8 of 20" in charts.thinned(8, 20)


def test_a_label_is_cut_to_the_room_it_has() -> None:
    assert fitted("short", 100, 12) == "short"
    assert fitted("x" * 50, 70, 12) == "x" * 9 + "…"
    assert fitted("漢" * 50, 70, 12) == "漢" * 4 + "…"
