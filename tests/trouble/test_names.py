"""Names that nothing has: the sentence says which is nearest."""

import json
from pathlib import Path

import pytest

from tests.fakes.command_line import CommandLine
from tests.fakes.folder import make_fake


@pytest.fixture
def folder(command_line: CommandLine) -> Path:
    return make_fake(command_line.home)


def test_an_unknown_workload_is_answered_with_the_nearest(command_line: CommandLine) -> None:
    done = command_line.do("run", "--workload", "survy", "--plan")
    assert done.status == 2
    assert "survy" in done.err and "survey" in done.err.replace("survy", "")


def test_an_unknown_contender_is_answered_with_the_nearest(
    command_line: CommandLine, folder: Path
) -> None:
    done = command_line.do("run", "--runner", folder, "--contender", "honest/pign", "--plan")
    assert done.status == 2
    assert "honest/pign" in done.err and "honest/ping" in done.err


def test_check_answers_an_unknown_runner_with_the_nearest(
    command_line: CommandLine, folder: Path
) -> None:
    done = command_line.do("check", "--runner", folder, "honst")
    assert done.status == 2
    assert "honst" in done.err and "honest" in done.err


def test_an_unknown_profile_is_bad_usage(command_line: CommandLine) -> None:
    assert command_line.do("run", "--profile", "quik", "--plan").status == 2


def test_fewer_than_six_blocks_are_bad_usage(command_line: CommandLine, folder: Path) -> None:
    done = command_line.do(*command_line.run_arguments(folder), "--blocks", "5")
    assert done.status == 2 and "6" in done.err


def test_a_folder_without_a_manifest_is_bad_usage(
    command_line: CommandLine, tmp_path: Path
) -> None:
    done = command_line.do("list", "--runner", tmp_path)
    assert done.status == 2 and "runner.toml" in done.err


def test_a_folder_that_does_not_exist_is_bad_usage(
    command_line: CommandLine, tmp_path: Path
) -> None:
    assert command_line.do("list", "--runner", tmp_path / "nowhere").status == 2


@pytest.mark.parametrize(
    "option",
    [
        ("--plan",), ("--profile", "default"), ("--placement", "split"), ("--yes",),
        ("--blocks", "6"), ("--seed", "1"), ("--workload", "survey"), ("--contender", "node"),
        ("--sites", "127.0.0.1"),
    ],
    ids=" ".join,
)  # fmt: skip
def test_a_run_that_is_resumed_takes_no_other_option(
    command_line: CommandLine, option: tuple[str, ...]
) -> None:
    done = command_line.do("run", "--resume", "latest", *option)
    assert done.status == 2
    assert "only --runner, --with, --also and --wait go with it" in done.err


def test_an_unknown_run_is_bad_usage(command_line: CommandLine) -> None:
    done = command_line.do("run", "--resume", "no-such-run")
    assert done.status == 2 and "no-such-run" in done.err


def test_a_sentence_and_no_more_says_what_is_wrong(command_line: CommandLine) -> None:
    done = command_line.do("run", "--workload", "survy", "--plan")
    assert len(done.err.strip().splitlines()) == 1


def test_an_unknown_family_is_named_by_every_command_and_the_others_take_part(
    command_line: CommandLine,
) -> None:
    folder = make_fake(command_line.home, contender={"families": ["ping", "timer"]})
    said = "honest/ping takes no part in its family ‘timer’, which is not known here; "
    listed = command_line.do("list", "--runner", folder)
    assert listed.status == 0 and listed.err.count(said) == 1
    planned = command_line.do(*command_line.run_arguments(folder), "--plan")
    assert planned.status == 0 and planned.err.count(said) == 1
    assert "honest/ping" in planned.out


def test_check_names_an_unknown_family_and_judges_the_manifest_valid(
    command_line: CommandLine,
) -> None:
    folder = make_fake(command_line.home, contender={"families": ["nosuchfamily"], "tier": None})
    done = command_line.do("check", "--runner", folder, "--json")
    assert done.status == 0
    assert "‘nosuchfamily’, which is not known here." in done.err
    assert [(row["rule"], row["ok"]) for row in json.loads(done.out)] == [
        ("M1", True),
        ("M2", True),
    ]


@pytest.mark.parametrize("command", ["list", "check", "run", "semantics"])
def test_a_substitution_for_what_no_manifest_names_is_bad_usage(
    command_line: CommandLine, command: str
) -> None:
    done = command_line.do(command, "--with", "nosuch=/bin/true")
    assert done.status == 2 and done.out == ""
    assert "--with nosuch=…: no manifest names that executable; known are " in done.err


def test_a_contender_that_does_none_of_the_workloads_is_bad_usage(
    command_line: CommandLine,
) -> None:
    idle = make_fake(command_line.home, contender={"families": ["timers"]})
    done = command_line.do(*command_line.run_arguments(idle), "--plan")
    assert done.status == 2
    assert "honest/ping does none of the workloads asked for (survey): it does timers" in done.err


def test_a_contender_that_takes_no_part_beside_others_is_told_of(
    command_line: CommandLine, folder: Path
) -> None:
    idle = make_fake(command_line.home, name="idle", contender={"families": ["timers"]})
    done = command_line.do(*command_line.run_arguments(folder, idle), "--plan")
    assert done.status == 0
    assert "idle/ping takes no part: it does timers." in done.err.splitlines()
    assert "1 contender, 1 workload, 6 blocks: 6 invocations" in done.err


def test_a_whole_runner_may_hold_contenders_that_take_no_part(
    command_line: CommandLine, folder: Path
) -> None:
    idle = make_fake(command_line.home, name="idle", contender={"families": ["timers"]})
    arguments = command_line.run_arguments(folder, idle, contenders=["honest", "idle"])
    assert "takes no part" not in command_line.do(*arguments, "--plan").err
