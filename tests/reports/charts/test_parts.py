"""The overview of the set without a network; asserted on its data and not on pixels."""

from pathlib import Path

import pytest

from reports import Analysis, charts
from reports.analysis.standing import Against
from reports.charts.parts import _by_runner as by_runner
from reports.charts.parts import rows_of
from reports.publish import analyse
from tests.reports.charts.drawn import canvas_of
from tests.synthetic_work import WORKLOADS, WorkRun, write_work_run

KEPT = ("await-completed", "cancel", "value-task-completed")


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Analysis:
    run = WorkRun(left_out=tuple(name for name in WORKLOADS if name not in KEPT))
    return analyse(write_work_run(tmp_path_factory.mktemp("work") / "run", run))


def test_a_row_has_the_best_of_each_runner(work: Analysis) -> None:
    rows = {row.workload: row for row in rows_of(work)}
    # Only C# takes part in value-task: there is nobody to compare it with.
    assert rows.keys() == {"await-completed", "cancel"}
    runner_of = {plan["id"]: plan["runner"] for plan in work.run["contenders"]}
    for name, row in rows.items():
        (standing,) = work.standings[name]
        assert row.best == work.labels[standing.places[0].contender]
        for mark in row.marks:
            own = [p for p in standing.places if runner_of[p.contender] == mark.runner]
            assert (mark.contender, mark.ratio) == (own[0].contender, own[0].ratio)
            best = own[0].against is Against.BEST
            assert mark.proven == (standing.won if best else own[0].against is Against.SLOWER)


def test_the_finding_is_of_the_workloads_that_are_drawn(work: Analysis) -> None:
    (picture,) = charts.of_run(work)
    told = [part.partition(",")[0] for part in picture.finding.split("; ")]
    assert told == [row.workload for row in rows_of(work)]


def test_runners_of_one_language_are_told_apart(work: Analysis) -> None:
    run, last = work.run.copy(), work.run["contenders"][-1].copy()
    last["runner"], last["language"] = "another", run["contenders"][0]["language"]
    run["contenders"] = [*run["contenders"][:-1], last]
    labels = [style.label for style in by_runner(run, canvas_of(work, 820)).values()]
    assert len(set(labels)) == len(labels) and f"{last['language']}, another" in labels


def test_its_time_is_per_item(work: Analysis) -> None:
    (row,) = (row for row in rows_of(work) if row.workload == "await-completed")
    assert row.time.endswith(" ns")


@pytest.mark.parametrize("width", [820, 340])
def test_every_mark_is_drawn(work: Analysis, width: int) -> None:
    (picture,) = charts.of_run(work)
    (axes,) = picture.draw(canvas_of(work, width)).axes
    at = [list(line.get_xdata()) for line in axes.lines]
    for row in rows_of(work):
        assert all([mark.ratio.value] in at for mark in row.marks)


def test_a_run_of_pings_has_none(survey: Analysis, tmp_path: Path) -> None:
    assert rows_of(survey) == ()
