"""Runners that cannot take part: the others run, and it is said which did not and why."""

from pathlib import Path

import pytest

from tests.fakes.command_line import CommandLine, Finished
from tests.fakes.folder import Table, make_fake

pytestmark = pytest.mark.deadline(120)

HONEST_RUN = [(block, "honest/ping", 0) for block in range(6)]


def run_beside_honest(command_line: CommandLine, other: Path) -> Finished:
    honest = make_fake(command_line.home)
    return command_line.do(*command_line.run_arguments(honest, other))


def test_a_broken_manifest_is_named_with_file_key_and_reason_and_the_others_run(
    command_line: CommandLine,
) -> None:
    honest = make_fake(command_line.home)
    broken = make_fake(command_line.home, name="broken", runner={"colour": "red"})
    done = command_line.do(*command_line.run_arguments(honest), "--runner", broken)
    assert done.status == 0, done
    assert "broken/runner.toml" in done.said and "colour" in done.said
    assert command_line.the_run().standing == HONEST_RUN


def test_list_says_why_a_contender_is_not_available(command_line: CommandLine) -> None:
    broken = make_fake(command_line.home, name="broken", runner={"colour": "red"})
    done = command_line.do("list", "--runner", broken)
    assert done.status == 0 and "broken/runner.toml" in done.said and "colour" in done.said


CANNOT: dict[str, tuple[Table, str]] = {
    "toolchain missing": (
        {"requires": ["awaitbench-no-such-tool"], "install": "Install the tool from its shop"},
        "Install the tool from its shop",
    ),
    "build fails": (
        {"build": ["{python}", "-c", "import sys; sys.exit('no compiler today')"]},
        "no compiler today",
    ),
}


@pytest.mark.parametrize("case", CANNOT)
def test_a_runner_that_cannot_take_part_is_skipped_and_the_others_run(
    command_line: CommandLine, case: str
) -> None:
    changes, reason = CANNOT[case]
    other = make_fake(command_line.home, name="other", runner=changes)
    done = run_beside_honest(command_line, other)
    assert done.status == 0, done
    assert reason in done.said
    assert command_line.the_run().standing == HONEST_RUN


@pytest.mark.parametrize("case", CANNOT)
def test_a_run_records_who_was_skipped_and_why(command_line: CommandLine, case: str) -> None:
    changes, reason = CANNOT[case]
    other = make_fake(command_line.home, name="other", runner=changes)
    run_beside_honest(command_line, other)
    (skipped,) = command_line.the_run().file["skipped"]
    assert skipped["id"].startswith("other")
    assert reason in f"{skipped['reason']} {skipped['install']}"


def test_a_run_with_nobody_left_ends_with_3(command_line: CommandLine) -> None:
    changes = CANNOT["toolchain missing"][0]
    other = make_fake(command_line.home, name="other", runner=changes)
    done = command_line.do(*command_line.run_arguments(other))
    assert done.status == 3 and "awaitbench-no-such-tool" in done.said
    assert not command_line.results.exists() or not list(command_line.results.glob("*/run.json"))


def test_a_build_is_not_repeated_while_nothing_changed(command_line: CommandLine) -> None:
    build = ["{python}", "-c", "open('.built', 'a').write('x')"]
    folder = make_fake(command_line.home, runner={"build": build})
    for _ in range(2):
        command_line.do("check", "honest", "--runner", folder, "--json")
    assert (folder / ".built").read_text() == "x"


def test_a_build_is_repeated_when_a_source_changed(command_line: CommandLine) -> None:
    build = ["{python}", "-c", "open('.built', 'a').write('x')"]
    folder = make_fake(command_line.home, runner={"build": build})
    for text in ("", "# changed\n"):  # programs that end at once: the check is short
        (folder / "honest.py").write_text(text)
        command_line.do("check", "honest", "--runner", folder, "--json")
    assert (folder / ".built").read_text() == "xx"
