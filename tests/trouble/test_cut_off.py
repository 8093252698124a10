"""Runs that are cut off: what was measured is kept, and `--resume` finishes them."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar, cast

import pytest

from tests.trouble import stories
from tests.trouble.pair import STANDING

pytestmark = pytest.mark.deadline(180)

Story = TypeVar("Story")
TELLERS: tuple[Callable[..., object], ...] = (
    stories.interrupted,
    stories.killed,
    stories.origin_killed,
    stories.disk_filled,
    stories.source_changed,
    stories.source_edited,
    stories.crowded,
    stories.deaf_killed,
    stories.deaf_interrupted,
)


class Told:
    """The stories, told some at a time."""

    def __init__(self, factory: pytest.TempPathFactory, pool: ThreadPoolExecutor) -> None:
        self.futures: dict[str, Future[object]] = {
            teller.__name__: pool.submit(teller, factory.mktemp(teller.__name__))
            for teller in TELLERS
        }

    def of(self, teller: Callable[..., Story]) -> Story:
        """Wait for a story and return what came of it."""
        return cast(Story, self.futures[teller.__name__].result())


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory, pool: ThreadPoolExecutor) -> Told:
    return Told(tmp_path_factory, pool)


def test_ctrl_c_ends_with_130_and_keeps_what_was_measured(told: Told) -> None:
    cut = told.of(stories.interrupted).cut
    assert (cut.done.status, cut.run.file["status"], len(cut.run.invocations)) == (
        130,
        "partial",
        3,
    )


def test_ctrl_c_says_how_to_go_on(told: Told) -> None:
    cut = told.of(stories.interrupted).cut
    command = f".venv/bin/python -m benchmarks run --resume {cut.run.file['id']} --runner /"
    assert cut.done.err.splitlines()[-1].startswith("Stopped.")
    assert command in cut.done.err.splitlines()[-1]
    assert "Interrupted" not in cut.done.said


def test_ctrl_c_leaves_no_process(told: Told) -> None:
    assert told.of(stories.deaf_interrupted) == []


def test_resume_finishes_an_interrupted_run(told: Told) -> None:
    resumed = told.of(stories.interrupted).resumed
    assert (resumed.done.status, resumed.run.file["status"]) == (0, "complete"), resumed.done
    assert resumed.run.standing == STANDING


def test_resume_repairs_a_torn_last_line_and_says_so(told: Told) -> None:
    said = told.of(stories.interrupted).resumed.done.said
    assert "invocations.jsonl was torn" in said


def test_resume_repeats_an_unfinished_group_whole_and_keeps_its_lines(told: Told) -> None:
    story = told.of(stories.interrupted)
    first, second, unfinished = story.cut.run.invocations
    assert story.resumed.run.invocations[:3] == [first, second, {**unfinished, "superseded": True}]


def test_resume_changes_neither_plan_nor_identity(told: Told) -> None:
    story = told.of(stories.interrupted)
    assert {**story.resumed.run.file, "status": "partial"} == story.cut.run.file


def test_resume_of_a_complete_run_measures_nothing(told: Told) -> None:
    story = told.of(stories.interrupted)
    assert (story.again.done.status, story.again.run) == (0, story.resumed.run)


def test_kill_9_leaves_no_process(told: Told) -> None:
    assert told.of(stories.killed).left == []


def test_kill_9_leaves_no_program_that_hangs(told: Told) -> None:
    assert told.of(stories.deaf_killed) == []


def test_resume_finishes_a_run_that_was_killed_and_finds_its_lock_free(told: Told) -> None:
    resumed = told.of(stories.killed).resumed
    assert (resumed.done.status, resumed.run.file["status"]) == (0, "complete"), resumed.done
    assert resumed.run.standing == STANDING


def test_an_origin_that_is_killed_stops_the_run_with_a_sentence(told: Told) -> None:
    cut = told.of(stories.origin_killed).cut
    assert cut.done.status == 3, cut.done
    (error,) = [line for line in cut.done.err.splitlines() if line.startswith("Error:")]
    assert "origin" in error and f"--resume {cut.run.file['id']}" in error


def test_what_was_measured_before_the_origin_was_killed_is_kept(told: Told) -> None:
    assert len(told.of(stories.origin_killed).cut.run.invocations) == 3


def test_resume_finishes_a_run_whose_origin_was_killed(told: Told) -> None:
    resumed = told.of(stories.origin_killed).resumed
    assert resumed.done.status == 0, resumed.done
    assert resumed.run.standing == STANDING


def test_a_disk_that_fills_up_stops_the_run_with_a_sentence(told: Told) -> None:
    cut = told.of(stories.disk_filled).cut
    assert cut.done.status == 3, cut.done
    (error,) = [line for line in cut.done.err.splitlines() if line.startswith("Error:")]
    assert f"--resume {cut.run.file['id']}" in error


def test_what_was_measured_before_the_disk_was_full_is_kept(told: Told) -> None:
    assert len(told.of(stories.disk_filled).cut.run.invocations) == 3


def test_resume_finishes_a_run_whose_disk_was_full(told: Told) -> None:
    resumed = told.of(stories.disk_filled).resumed
    assert resumed.done.status == 0, resumed.done
    assert resumed.run.standing == STANDING


def test_resume_is_refused_when_a_source_changed(told: Told) -> None:
    story = told.of(stories.source_changed)
    assert story.resumed.done.status == 2, story.resumed.done
    assert "pair/" in story.resumed.done.err and "undo the change" in story.resumed.done.err
    assert story.resumed.run == story.cut.run


def test_a_run_whose_sources_change_meanwhile_stays_partial(told: Told) -> None:
    step = told.of(stories.source_edited)
    assert (step.done.status, step.run.file["status"]) == (2, "partial"), step.done
    assert step.run.standing == STANDING
    assert step.done.err.splitlines()[-1].startswith("Error: The sources of pair changed")
    assert step.run.file["sources_changed"] == ["pair"]


def test_a_run_tells_at_once_how_long_it_takes_and_where_its_page_will_be(told: Told) -> None:
    step = told.of(stories.source_edited)
    (line,) = (line for line in step.done.err.splitlines() if line.startswith("Run "))
    assert "takes about " in line and line.endswith(f"{step.run.file['id']}/report.html")


def test_a_second_run_at_once_is_refused_and_leaves_nothing(told: Told) -> None:
    story = told.of(stories.crowded)
    assert (story.second.status, story.second_lines) == (3, []), story.second
    (said,) = story.second.err.splitlines()  # nothing was announced before
    assert "(process " in said


def test_a_check_is_refused_while_a_run_measures(told: Told) -> None:
    check = told.of(stories.crowded).check
    assert (check.status, check.out) == (3, ""), check
