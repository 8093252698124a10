"""Programs that misbehave in a run: rule and evidence are recorded, nothing survives."""

from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.fakes.command_line import CommandLine, Finished, Run, processes_in
from tests.fakes.folder import make_fake

pytestmark = pytest.mark.deadline(120)

# What each breaks in its first invocation, the only one in which it misbehaves here.
ONCE: dict[str, set[str]] = {
    "crashes_midway": {"P3", "P4", "W2", "W3"},
    "flood_line": {"P2"},
    "endless_lines": {"P2"},
    "chatter": {"P2"},
    "nan_time": {"P2"},
    "too_few": {"P3"},
    "extra_header": {"W1"},
    "leaves_daemon": {"P4"},
}


ALWAYS = ("shortens", "good_at_first", "malformed_ready")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """A run of one fake: how the command ended, the run, and what was left of the fake."""

    done: Finished
    run: Run
    left: list[int]


def run_fake(home: Path, program: str) -> Ran:
    """Run a fake that misbehaves once, if it is one of ONCE, or else as it likes."""
    environment = {"FAKE_ONCE": "1"} if program in ONCE else {}
    folder = make_fake(home, program, name="fake", contender={"environment": environment})
    command_line = CommandLine(home)
    done = command_line.do(*command_line.run_arguments(folder))
    return Ran(done=done, run=command_line.the_run(), left=processes_in(folder))


Runs = Mapping[str, Future[Ran]]


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory, pool: ThreadPoolExecutor) -> Runs:
    return {
        program: pool.submit(run_fake, tmp_path_factory.mktemp(program), program)
        for program in (*ONCE, *ALWAYS)
    }


@pytest.mark.parametrize("program", ONCE)
def test_an_invocation_that_broke_rules_is_recorded_with_them_and_repeated_once(
    runs: Runs, program: str
) -> None:
    broken = [
        (one["block"], one["attempt"], {finding["rule"] for finding in one["broken"]})
        for one in runs[program].result().run.invocations[:3]
    ]
    assert broken == [(0, 0, ONCE[program]), (0, 1, set()), (1, 0, set())]


@pytest.mark.parametrize("program", ["crashes_midway", "flood_line", "leaves_daemon"])
def test_nothing_of_a_program_survives_the_run(runs: Runs, program: str) -> None:
    assert runs[program].result().left == []


def test_one_bad_invocation_does_not_make_a_contender_invalid(runs: Runs) -> None:
    ran = runs["chatter"].result()
    assert ran.done.status == 0, ran.done
    assert ran.run.summary["invalid"] == []
    assert {row["contender"] for row in ran.run.summary["estimates"]} == {"fake/ping"}


def test_a_contender_that_always_breaks_a_rule_is_invalid_and_has_no_number(runs: Runs) -> None:
    summary = runs["shortens"].result().run.summary
    assert [(row["contender"], row["rule"]) for row in summary["invalid"]] == [("fake/ping", "W9")]
    assert summary["estimates"] == []


def test_a_run_with_an_invalid_contender_ends_with_1(runs: Runs) -> None:
    assert runs["shortens"].result().done.status == 1


def test_a_program_that_behaves_only_at_first_is_found_out_in_the_run(runs: Runs) -> None:
    run = runs["good_at_first"].result().run
    broken = [tuple(finding["rule"] for finding in one["broken"]) for one in run.invocations]
    assert broken == [(), (), ("W9",), ("W9",)]
    assert [row["rule"] for row in run.summary["invalid"]] == ["W9"]


def test_a_run_keeps_the_standard_error_of_a_program_that_failed(runs: Runs) -> None:
    first, second, *_ = runs["crashes_midway"].result().run.invocations
    assert "RuntimeError: out of luck" in first["stderr"] and second["stderr"] is None


@pytest.mark.parametrize("program", ALWAYS)
def test_who_is_invalid_is_not_started_again_and_the_run_is_complete_all_the_same(
    runs: Runs, program: str
) -> None:
    ran = runs[program].result()
    assert [one["attempt"] for one in ran.run.invocations][-2:] == [0, 1]
    assert len(ran.run.invocations) <= 4
    assert ran.run.file["status"] == "complete"
    (gone,) = ran.run.file["given_up"]
    assert gone["contender"] == "fake/ping" and gone["reason"]
    assert "it is not started again" in ran.done.err
    assert "was not started again" in " ".join(ran.done.out.split())


def test_who_failed_its_start_twice_is_not_started_again_in_any_workload(runs: Runs) -> None:
    (gone,) = runs["malformed_ready"].result().run.file["given_up"]
    assert gone["workload"] is None


def test_a_contender_that_cannot_be_started_is_skipped_and_the_others_run(tmp_path: Path) -> None:
    command_line = CommandLine(tmp_path)
    good = make_fake(tmp_path, "honest")
    bad = make_fake(tmp_path, "crashes_at_start", name="bad")
    done = command_line.do(*command_line.run_arguments(good, bad))
    assert done.status == 3, done
    assert "bad/ping could not be started" in done.err
    run = command_line.the_run()
    assert [row["id"] for row in run.file["skipped"] if "a library is missing" in row["reason"]]
    assert run.summary["invalid"] == []
    assert {row["contender"] for row in run.summary["estimates"]} == {"honest/ping"}


def test_where_nobody_can_be_started_there_is_no_run(tmp_path: Path) -> None:
    command_line = CommandLine(tmp_path)
    done = command_line.do(*command_line.run_arguments(make_fake(tmp_path, "crashes_at_start")))
    assert done.status == 3 and "No contender can run" in done.err
    assert not list(command_line.results.glob("*/run.json"))
