"""A machine that is short of something: no program answers for that."""

import resource
import subprocess
from pathlib import Path

import pytest

from tests.fakes.command_line import DEADLINE_S, CommandLine, children_running, comes_true
from tests.fakes.folder import make_fake
from tests.trouble.pair import STALLED, STANDING, Pair

ORIGIN = "benchmarks.ping.origin"


@pytest.mark.parametrize("command", ["run", "check", "semantics"])
def test_too_few_descriptors_are_refused_with_the_number_before_anything_is_started(
    tmp_path: Path, command: str
) -> None:
    command_line = CommandLine(tmp_path, by=("prlimit", "--nofile=100"))
    fake = make_fake(tmp_path)
    arguments = (
        command_line.run_arguments(fake) if command == "run" else [command, "--runner", fake]
    )
    done = command_line.do(*arguments)
    assert done.status == 3, done
    assert "open files a process are needed, `ulimit -n` allows 100." in done.err
    assert not list(command_line.results.glob("*")) and "FAIL" not in done.out


def test_too_few_for_this_run_are_refused_before_it_is_begun(tmp_path: Path) -> None:
    command_line = CommandLine(tmp_path, by=("prlimit", "--nofile=300"))
    arguments = [
        "parallel" if part == "survey" else part
        for part in command_line.run_arguments(make_fake(tmp_path))
    ]
    done = command_line.do(*arguments)
    assert (done.status, list(command_line.results.glob("*"))) == (3, []), done
    assert "320 open files a process are needed, `ulimit -n` allows 300." in done.err


def test_a_low_soft_limit_is_no_trouble(tmp_path: Path) -> None:
    command_line = CommandLine(tmp_path, by=("prlimit", "--nofile=20:5000"))
    done = command_line.do(*command_line.run_arguments(make_fake(tmp_path)))
    assert (done.status, command_line.the_run().summary["invalid"]) == (0, []), done


def test_an_origin_short_of_descriptors_stops_the_run_which_goes_on_later(tmp_path: Path) -> None:
    pair = Pair(tmp_path)
    with pair.stalled() as process:
        (origin,) = children_running(process.pid, ORIGIN)
        resource.prlimit(origin, resource.RLIMIT_NOFILE, (5, 5))
        pair.go_on()
        cut = pair.step(pair.command_line.finish(process))
    assert (cut.done.status, len(cut.run.invocations)) == (3, STALLED - 1), cut.done
    assert "The origin cannot go on serving (Too many open files)" in cut.done.err
    assert "--resume" in cut.done.err and not any(one["broken"] for one in cut.run.invocations)
    resumed = pair.resume()
    assert (resumed.done.status, resumed.run.standing) == (0, STANDING), resumed.done


def test_a_program_that_finds_the_machine_lacking_takes_no_part_and_is_not_judged(
    tmp_path: Path,
) -> None:
    command_line = CommandLine(tmp_path)
    fakes = make_fake(tmp_path), make_fake(tmp_path, "lacks")
    done = command_line.do(*command_line.run_arguments(*fakes))
    run = command_line.the_run()
    assert (done.status, run.summary["invalid"]) == (3, []), done
    assert (
        "lacks/ping took no part in survey: this machine lacks something, it says: Processes share"
        in done.err
    )
    assert run.standing == [(block, "honest/ping", 0) for block in range(6)]
    assert {row["contender"] for row in run.summary["estimates"]} == {"honest/ping"}
    assert "Processes share no memory here" in (run.folder / "report.html").read_text()


def test_a_program_that_was_deleted_in_the_middle_is_not_judged(tmp_path: Path) -> None:
    pair = Pair(tmp_path)
    with pair.stalled() as process:
        (pair.folder / "processes.py").unlink()
        (tmp_path / "elsewhere").mkdir()
        pair.folder.rename(tmp_path / "elsewhere" / "pair")
        (tmp_path / "elsewhere" / "pair" / ".go").touch()
        cut = pair.step(pair.command_line.finish(process))
    assert (cut.done.status, pair.run.summary["invalid"]) == (3, []), cut.done
    assert "took no part in survey: its program could not be started" in cut.done.err


def test_check_does_not_judge_a_program_that_finds_the_machine_lacking(tmp_path: Path) -> None:
    done = CommandLine(tmp_path).do("check", "--runner", make_fake(tmp_path, "lacks"))
    assert done.status == 3 and "FAIL" not in done.out, done
    assert "Processes share no memory here" in done.err


def test_a_run_that_still_builds_has_the_machine_already(tmp_path: Path) -> None:
    command_line = CommandLine(tmp_path)
    build = (
        "import os, time\nopen('.building', 'w').close()\n"
        f"for _ in range({DEADLINE_S * 50:.0f}):\n    os.path.exists('.go') or time.sleep(0.02)"
    )
    slow = make_fake(tmp_path, name="slow", runner={"build": ["{python}", "-c", build]})
    building = command_line.start(*command_line.run_arguments(slow))
    try:
        assert comes_true((slow / ".building").exists, DEADLINE_S)
        refused = command_line.do(*command_line.run_arguments(make_fake(tmp_path)))
    finally:
        (slow / ".go").touch()
        done = command_line.finish(building)
    assert (refused.status, done.status) == (3, 0), (refused, done)
    assert "Another awaitbench is measuring on this machine" in refused.err


def test_a_terminal_without_columns_shows_all_the_same(tmp_path: Path) -> None:
    command_line = CommandLine(tmp_path, by=("env", "COLUMNS=0"))
    done = command_line.do(*command_line.run_arguments(make_fake(tmp_path)))
    assert done.status == 0 and "honest ping" in done.out and "report.html" in done.out, done


def test_a_working_folder_that_was_deleted_is_no_trouble(tmp_path: Path) -> None:
    (tmp_path / "gone").mkdir()
    leave = ("sh", "-c", 'cd "$0" && rmdir "$0" && exec "$@"', str(tmp_path / "gone"))
    command_line = CommandLine(tmp_path, by=leave)
    done = command_line.do(*command_line.run_arguments(make_fake(tmp_path)))
    assert done.status == 0 and "report.html" in done.out, done


@pytest.mark.parametrize("command", ["check python/processes", "semantics hello-order"])
def test_without_shared_memory_who_needs_it_says_so_and_nobody_is_judged(
    tmp_path: Path, command: str
) -> None:
    may_mount = subprocess.run(["unshare", "--mount", "true"], capture_output=True).returncode == 0
    if not may_mount:
        pytest.skip("A mount of one's own needs a privilege that is missing here.")
    mount = "mount -o bind,ro /dev/shm /dev/shm && mount -o remount,bind,ro /dev/shm"
    command_line = CommandLine(
        tmp_path, by=("unshare", "--mount", "sh", "-c", f'{mount} && exec "$0" "$@"')
    )
    done = command_line.do(*command.split())
    assert done.status == 3 and "FAIL" not in done.out, done
    assert "Processes cannot share a semaphore here" in done.err
