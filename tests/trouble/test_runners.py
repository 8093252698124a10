"""Runners that cannot take part: the others run, and it is said which did not and why."""

import json
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.fakes.command_line import CommandLine, Finished, Run
from tests.fakes.folder import Table, make_fake

pytestmark = pytest.mark.deadline(120)

HONEST_RUN = [(block, "honest/ping", 0) for block in range(6)]
BROKEN: Table = {"colour": "red"}

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """A run of an honest fake beside a runner that cannot take part."""

    done: Finished
    run: Run


def run_beside_honest(home: Path, changes: Table) -> Ran:
    command_line = CommandLine(home)
    other = make_fake(home, name="other", runner=changes)
    arguments = command_line.run_arguments(make_fake(home))
    arguments += ["--runner", other]
    if changes is not BROKEN:  # a contender of a broken manifest is not known by name
        arguments += ["--contender", "other/ping"]
    return Ran(done=command_line.do(*arguments), run=command_line.the_run())


Runs = Mapping[str, Future[Ran]]


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory, pool: ThreadPoolExecutor) -> Runs:
    all_changes = {"manifest broken": BROKEN} | {case: CANNOT[case][0] for case in CANNOT}
    return {
        case: pool.submit(run_beside_honest, tmp_path_factory.mktemp("run"), changes)
        for case, changes in all_changes.items()
    }


@pytest.mark.parametrize("case", ["manifest broken", *CANNOT])
def test_the_others_run(runs: Runs, case: str) -> None:
    ran = runs[case].result()
    assert (ran.done.status, ran.run.standing) == (0, HONEST_RUN), ran.done


def test_a_broken_manifest_is_named_with_file_key_and_reason(runs: Runs) -> None:
    said = runs["manifest broken"].result().done.said
    assert "other/runner.toml" in said and "colour" in said and "unknown key" in said


@pytest.mark.parametrize("case", CANNOT)
def test_it_is_said_who_was_skipped_and_why(runs: Runs, case: str) -> None:
    said = runs[case].result().done.said
    assert "other" in said and CANNOT[case][1] in said


@pytest.mark.parametrize("case", CANNOT)
def test_a_run_records_who_was_skipped_and_why(runs: Runs, case: str) -> None:
    (skipped,) = runs[case].result().run.file["skipped"]
    assert skipped["id"].startswith("other")
    assert CANNOT[case][1] in f"{skipped['reason']} {skipped['install']}"


@pytest.mark.parametrize("case", CANNOT)
def test_the_page_says_who_was_skipped(runs: Runs, case: str) -> None:
    page = (runs[case].result().run.folder / "report.html").read_text()
    assert CANNOT[case][1] in page


def make_lacking(home: Path) -> Path:
    """An honest fake, with a second contender whose library is not installed."""
    folder = make_fake(home, contenders=("ping", "loop"))
    text = (folder / "runner.toml").read_text()
    lacking = 'build = [["{python}", "-c", "import no_such_loop"]]\ninstall = "Get the loop"\n'
    (folder / "runner.toml").write_text(text + lacking)
    return folder


def test_a_contender_whose_library_is_missing_is_left_out_alone(command_line: CommandLine) -> None:
    folder = make_lacking(command_line.home)
    done = command_line.do(*command_line.run_arguments(folder), "--contender", "honest/loop")
    run = command_line.the_run()
    assert (done.status, run.standing) == (0, HONEST_RUN), done
    (skipped,) = run.file["skipped"]
    assert skipped["id"] == "honest/loop"
    assert "honest loop is not available: Get the loop" in skipped["reason"]
    assert skipped["reason"] in done.said


def test_optional_contenders_run_where_asked_for_and_the_runs_command_says_so(
    command_line: CommandLine,
) -> None:
    folder = make_fake(command_line.home, contender={"optional": True})
    other = make_fake(command_line.home, name="other")
    arguments = command_line.run_arguments(folder, other, contenders=["honest", "other"])
    done = command_line.do(*arguments, "--optional")
    run = command_line.the_run()
    assert done.status == 0, done
    assert {contender for _, contender, _ in run.standing} == {"honest/ping", "other/ping"}
    assert run.file["command"].endswith(" --optional")
    assert run.file["m"] == 1 and "1 comparison (m)" in done.said


def test_what_repeats_a_run_of_a_given_time_gives_that_time_and_no_number_of_blocks(
    command_line: CommandLine,
) -> None:
    folder = make_fake(command_line.home)
    what = ["--profile", "quick", "--workload", "survey", "--contender", "honest/ping"]
    done = command_line.do("run", *what, "--runner", folder, "--time", "10s")
    run = command_line.the_run()
    assert done.status == 0, done
    assert run.file["blocks"] == 6  # the fewest, in however little time
    assert "--time 10s" in run.file["command"] and "--blocks" not in run.file["command"]


def test_check_says_which_optional_contenders_it_left_out(command_line: CommandLine) -> None:
    folder = make_fake(command_line.home, contender={"optional": True})
    (folder / "honest.py").write_text("")  # a program that ends at once: the check is short
    done = command_line.do("check", "--runner", folder, "--json")
    assert (done.status, json.loads(done.out)) == (0, [])
    assert "honest/ping" in done.err
    for arguments in (("honest", "--optional"), ("honest/ping",)):
        rows = json.loads(command_line.do("check", *arguments, "--runner", folder, "--json").out)
        assert {row["contender"] for row in rows} == {"honest/ping"}


def test_check_goes_on_without_it_and_ends_with_3_where_it_was_named(
    command_line: CommandLine,
) -> None:
    folder = make_lacking(command_line.home)
    done = command_line.do("check", "honest", "--runner", folder)
    assert done.status == 0 and "honest loop is not available: Get the loop" in done.said
    assert "honest/loop" not in done.out
    done = command_line.do("check", "honest/loop", "--runner", folder)
    assert done.status == 3 and "Get the loop" in done.said
    assert done.out.splitlines()[1].split()[:3] == ["FAIL", "honest/loop", "M2"]


def test_list_says_why_a_contender_is_not_available(command_line: CommandLine) -> None:
    broken = make_fake(command_line.home, name="broken", runner={"colour": "red"})
    done = command_line.do("list", "--runner", broken)
    assert done.status == 0 and "broken/runner.toml" in done.said and "colour" in done.said


def test_a_run_with_nobody_left_ends_with_3(command_line: CommandLine) -> None:
    changes = CANNOT["toolchain missing"][0]
    other = make_fake(command_line.home, name="other", runner=changes)
    done = command_line.do(*command_line.run_arguments(other))
    assert done.status == 3 and "awaitbench-no-such-tool" in done.said
    assert not command_line.results.exists() or not list(command_line.results.glob("*/run.json"))


def test_check_says_once_what_a_runner_lacks_and_counts_what_was_not_examined(
    command_line: CommandLine,
) -> None:
    changes = {"requires": ["awaitbench-no-such-tool"]}
    make = (command_line.home, "honest")
    folder = make_fake(*make, name="other", runner=changes, contenders=("one", "two"))
    done = command_line.do("check", "other", "--runner", folder)
    assert done.status == 3
    first, second, *unexamined = done.out.splitlines()
    assert first.split()[:3] == ["ok", "other", "M1"]
    assert second.split()[:3] == ["FAIL", "other", "M2"] and "no-such-tool not found" in second
    assert [line.split()[:4] for line in unexamined] == [
        ["--", "other/one", "15", "rules"],
        ["--", "other/two", "15", "rules"],
    ]
    rows = json.loads(command_line.do("check", "other", "--runner", folder, "--json").out)
    assert len(rows) == 2 * 17


def test_a_build_is_not_repeated_while_nothing_changed(command_line: CommandLine) -> None:
    build = ["{python}", "-c", "open('.built', 'a').write('x')"]
    folder = make_fake(command_line.home, runner={"build": build})
    (folder / "honest.py").write_text("")  # a program that ends at once: the check is short
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
