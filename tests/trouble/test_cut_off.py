"""Runs that are cut off: what was measured is kept, and `--resume` finishes them."""

import os
import signal
from pathlib import Path

import pytest

from tests.fakes.command_line import CommandLine, processes_in, wait_for
from tests.trouble.pair import STANDING, MakePair, Pair

pytestmark = pytest.mark.deadline(120)


def test_ctrl_c_ends_with_130_and_keeps_what_was_measured(pair: Pair) -> None:
    done = pair.interrupt()
    assert done.status == 130, done
    assert pair.run.file["status"] == "partial"
    assert len(pair.run.invocations) == 3


def test_ctrl_c_says_how_to_go_on(pair: Pair) -> None:
    said = pair.interrupt().said
    assert "--resume" in said and pair.run.folder.name in said


def test_ctrl_c_leaves_no_process(make_pair: MakePair) -> None:
    pair = make_pair("stalls_deaf")
    pair.interrupt()
    assert processes_in(pair.folder) == []


def test_resume_finishes_an_interrupted_run(pair: Pair) -> None:
    pair.interrupt()
    done = pair.resume()
    assert done.status == 0, done
    assert pair.run.file["status"] == "complete"
    assert pair.run.standing == STANDING


def test_resume_repeats_an_unfinished_group_whole_and_keeps_its_lines(pair: Pair) -> None:
    pair.interrupt()
    kept = pair.run.invocations
    pair.resume()
    expected = [*kept[:2], {**kept[2], "superseded": True}]
    assert pair.run.invocations[:3] == expected


def test_resume_changes_neither_plan_nor_identity(pair: Pair) -> None:
    pair.interrupt()
    before = pair.run.file
    pair.resume()
    assert {**pair.run.file, "status": "partial"} == before


def test_resume_finishes_a_run_that_was_killed(pair: Pair) -> None:
    with pair.stalled() as process:
        process.kill()
        process.communicate()
    assert pair.resume().status == 0
    assert pair.run.standing == STANDING


@pytest.mark.parametrize("program", ["stalls", "stalls_deaf"])
def test_kill_9_leaves_no_process(make_pair: MakePair, program: str) -> None:
    pair = make_pair(program)
    with pair.stalled() as process:
        before = processes_in(pair.folder)
        process.kill()
        process.communicate()
    try:
        wait_for(lambda: processes_in(pair.folder) == [], "the end of the program", 10.0)
    finally:
        for left in processes_in(pair.folder):
            os.kill(left, signal.SIGKILL)
    assert len(before) == 1


def test_a_torn_last_line_is_repaired_and_said(pair: Pair) -> None:
    pair.interrupt()
    with pair.run.lines.open("ab") as lines:
        lines.write(b'{"block":1,"posi')
    done = pair.resume()
    assert done.status == 0, done
    assert "line" in done.said and pair.run.lines.name in done.said
    assert pair.run.standing == STANDING


def test_an_origin_that_is_killed_stops_the_run_with_3(pair: Pair) -> None:
    done = pair.kill_origin()
    assert done.status == 3, done
    assert "origin" in done.err.lower() and "--resume" in done.said
    assert len(pair.run.invocations) == 3


def test_resume_finishes_a_run_whose_origin_was_killed(pair: Pair) -> None:
    pair.kill_origin()
    assert pair.resume().status == 0
    assert pair.run.standing == STANDING


def test_resume_is_refused_when_a_source_changed(pair: Pair) -> None:
    pair.interrupt()
    with (pair.folder / "honest.py").open("a") as source:
        source.write("# changed\n")
    done = pair.resume()
    assert done.status == 2, done
    assert "pair" in done.err and len(pair.run.invocations) == 3


def test_resume_of_a_complete_run_measures_nothing(pair: Pair) -> None:
    pair.interrupt()
    pair.resume()
    before = pair.run.lines.read_bytes()
    done = pair.resume()
    assert done.status in (0, 2) and pair.run.lines.read_bytes() == before


def test_two_runs_at_once_are_refused(pair: Pair) -> None:
    with pair.stalled():
        second = CommandLine(pair.command_line.home, results=pair.command_line.home / "second")
        done = second.do(*pair.arguments)
        assert done.status == 3, done
        assert len(done.err.strip().splitlines()) == 1
    assert not list(second.results.glob("*/invocations.jsonl"))


def test_a_check_does_not_disturb_a_run(pair: Pair) -> None:
    with pair.stalled():
        done = pair.command_line.do("check", "pair", "--runner", pair.folder, "--json")
    assert (done.status, done.out) == (3, "")


def test_the_lock_of_a_killed_run_is_free(pair: Pair, tmp_path: Path) -> None:
    with pair.stalled() as process:
        process.kill()
        process.communicate()
    assert "another" not in pair.resume().said
