"""Programs that misbehave in a run: rule and evidence are recorded, nothing survives."""

import pytest

from tests.fakes.command_line import CommandLine, Run, processes_in
from tests.fakes.folder import make_fake

pytestmark = pytest.mark.deadline(120)

# What each breaks in its first invocation, the only one in which it misbehaves here.
ONCE: dict[str, set[str]] = {
    "crashes_midway": {"P3", "P4", "W2", "W3"},
    "flood_line": {"P2"},
    "endless_lines": {"P2"},
    "chatter": {"P2"},
    "nan_time": {"P2", "P3"},
    "too_few": {"P3"},
    "extra_header": {"W1"},
    "leaves_daemon": {"P4"},
}


def run_once_bad(command_line: CommandLine, program: str) -> Run:
    folder = make_fake(
        command_line.home, program, name="fake", contender={"environment": {"FAKE_ONCE": "1"}}
    )
    done = command_line.do(*command_line.run_arguments(folder))
    assert done.status in (0, 1), done
    return command_line.the_run()


@pytest.mark.parametrize("program", ONCE)
def test_an_invocation_that_broke_rules_is_recorded_with_them_and_repeated_once(
    command_line: CommandLine, program: str
) -> None:
    run = run_once_bad(command_line, program)
    broken = [
        (one["block"], one["attempt"], {finding["rule"] for finding in one["broken"]})
        for one in run.invocations[:3]
    ]
    assert broken == [(0, 0, ONCE[program]), (0, 1, set()), (1, 0, set())]
    assert processes_in(command_line.home / "fake") == []


def test_one_bad_invocation_does_not_make_a_contender_invalid(command_line: CommandLine) -> None:
    run = run_once_bad(command_line, "chatter")
    assert run.summary["invalid"] == []
    assert {row["contender"] for row in run.summary["estimates"]} == {"fake/ping"}


def test_a_contender_that_always_breaks_a_rule_is_invalid_and_has_no_number(
    command_line: CommandLine,
) -> None:
    folder = make_fake(command_line.home, "shortens")
    done = command_line.do(*command_line.run_arguments(folder))
    summary = command_line.the_run().summary
    assert done.status == 1, done
    assert [(row["contender"], row["rule"]) for row in summary["invalid"]] == [
        ("shortens/ping", "W9")
    ]
    assert summary["estimates"] == []


def test_a_program_that_behaves_only_at_first_is_found_out_in_the_run(
    command_line: CommandLine,
) -> None:
    folder = make_fake(command_line.home, "good_at_first")
    command_line.do(*command_line.run_arguments(folder))
    run = command_line.the_run()
    broken = [[finding["rule"] for finding in one["broken"]] for one in run.invocations]
    assert broken[:2] == [[], []] and set(map(tuple, broken[2:])) == {("W9",)}
    assert [row["rule"] for row in run.summary["invalid"]] == ["W9"]


def test_a_run_keeps_the_standard_error_of_a_program_that_failed(
    command_line: CommandLine,
) -> None:
    run = run_once_bad(command_line, "crashes_midway")
    assert [
        one["stderr"] is not None and "out of luck" in one["stderr"] for one in run.invocations[:2]
    ] == [True, False]
