"""Who is ahead after so many pings, as a chart."""

from dataclasses import replace
from typing import cast

import numpy as np
import pytest

from reports import Analysis, charts
from reports.analysis.break_even_courses import Course, behind, course_of, courses_by_block, leaders
from reports.analysis.break_even_rows import BreakEvenRow
from reports.charts.break_even import race_figure, races_of
from reports.words.units import Scale
from tests.reports.charts.drawn import canvas_of, drawn, picture_of
from tests.reports.page.runs import analysed
from tests.synthetic_run import SyntheticRun


@pytest.fixture(scope="module")
def steady(tmp_path_factory: pytest.TempPathFactory) -> Analysis:
    run = SyntheticRun(
        blocks=8,
        iterations=16,
        young=3,
        workloads=("sequential",),
        contenders=("csharp/socket", "node/net", "node/http"),
        measures="steady",
        flat=True,
    )
    return analysed(tmp_path_factory.mktemp("steady") / "run", run)


def line(contender: str, start: float, pace: float, points: int = 400) -> Course:
    """A process that starts in `start` and takes `pace` for each of its items."""
    blocks = {block: start + pace * np.arange(1.0, points + 1) for block in range(6)}
    return course_of(contender, blocks, 1)


def test_a_course_is_the_median_over_blocks_of_start_up_and_iterations(steady: Analysis) -> None:
    blocks = courses_by_block(steady.frames.iterations, "sequential")["node/net"]
    course = course_of("node/net", blocks, 32)
    own = steady.frames.iterations.query("contender == 'node/net' and valid and iteration < 5")
    sums = own.groupby("block")["real_ns"].sum() + own.groupby("block")["startup_ns"].first()
    assert dict(zip(course.items, course.times))[160] == pytest.approx(sums.median())
    assert course.items[-1] == 512


def test_the_lead_changes_where_the_lines_cross() -> None:
    courses = [line("quick", 10, 2), line("slow to start", 110, 1)]
    (first, at), (second, since) = leaders(courses)
    assert (first, at, second) == ("quick", 1, "slow to start")
    assert 100 <= since <= 110  # they cross at 100, and points are a tenth apart
    shares = behind(courses)
    for own in courses:
        items, share = shares[own.contender]
        assert share.min() == pytest.approx(1) and items[-1] == 400


def test_a_long_course_is_few_points() -> None:
    assert line("long", 1, 1, 100_000).items.size < 120


def test_a_crossing_is_drawn_with_its_interval_and_told(steady: Analysis) -> None:
    (row,) = steady.summary["break_even"]
    (race,) = races_of(steady, steady.run["workloads"][0])
    assert {course.contender for course in race.courses} == {"csharp/socket", "node/net"}
    assert race.rows == (row,) and race.crossings == ()
    picture = picture_of(steady, "break-even")
    assert row["sentence"] in picture.finding and row["sentence"] in picture.caption
    other = "node/net" if row["ahead"] == "csharp/socket" else "csharp/socket"
    crossing = cast(BreakEvenRow, row | {"items": 320.0, "low": 64.0, "high": 500.0})
    crossed = replace(race, first=other, rows=(crossing,))
    assert crossed.crossings == (crossing,)
    figure = race_figure([crossed], canvas_of(steady, 820), Scale(1e6, "ms"), "pings")
    above = figure.axes[0]
    assert [320.0, 320.0] in [list(line.get_xdata()) for line in above.lines]
    assert "320" in [text.get_text() for text in above.texts]


@pytest.mark.parametrize("width", [820, 320])
def test_a_panel_a_tier_with_times_above_and_distances_below(steady: Analysis, width: int) -> None:
    above, below = drawn(steady, "break-even", width).axes
    (race,) = races_of(steady, steady.run["workloads"][0])
    for course in race.courses:
        assert any(np.array_equal(l.get_xdata(), course.items) for l in above.lines)
    assert below.get_xlim() == above.get_xlim() and "pings" in below.get_xlabel()


def test_without_break_even_points_there_is_no_chart(survey: Analysis) -> None:
    names = [p.name for p in charts.of_workload(survey, survey.run["workloads"][0])]
    assert names == ["forest", "latencies", "timeline", "life", "cost"]
