"""`warm-up` from outside: its table, a study that is cut off, and a run that is none."""

import signal
from pathlib import Path

from tests.fakes.command_line import CommandLine, comes_true
from tests.fakes.folder import make_fake

TABLE = "warm-up.toml"


def study_of(folder: Path, seconds: str) -> list[str | Path]:
    """The arguments of a study of one pair."""
    return [
        *("warm-up", "honest/ping", "--runner", folder, "--workload", "sequential"),
        *("--processes", "5", "--seconds", seconds),
    ]


def test_a_study_lies_beside_its_programs_and_the_next_run_knows_it(
    command_line: CommandLine, tmp_path: Path
) -> None:
    folder = make_fake(tmp_path, "honest")
    done = command_line.do(*study_of(folder, "0.5"))
    assert done.status == 0, done.said
    assert "sequential: honest/ping: " in done.out
    text = (folder / TABLE).read_text()
    assert 'contender = "ping"' in text and "processes = 5" in text
    run = command_line.the_run()
    assert (run.file["profile"], run.file["status"]) == ("warm-up", "complete")
    arguments = ("--contender", "honest/ping", "--workload", "sequential", "--runner", folder)
    plan = command_line.do("run", "--plan", *arguments)
    assert plan.status == 0 and "; studied on " in plan.out
    # What was measured then says nothing of what the program is now.
    (program,) = folder.glob("honest.py")
    program.write_text(program.read_text() + "# changed\n")
    again = command_line.do("warm-up", "--resume", "latest", "--runner", folder)
    assert again.status == 2 and "changed since" in again.err
    without = command_line.do("warm-up", "--resume", "latest")
    assert without.status == 2 and "is not here: give its folder by --runner" in without.err
    assert (folder / TABLE).read_text() == text


def test_a_study_that_was_cut_off_is_finished_and_its_table_written(
    command_line: CommandLine, tmp_path: Path
) -> None:
    folder = make_fake(tmp_path, "honest")
    process = command_line.start(*study_of(folder, "1"))
    # A run's folder and its file of lines are there before its run.json is.
    assert comes_true(lambda: any(command_line.results.glob("*/run.json")), 60)
    assert comes_true(lambda: len(command_line.the_run().invocations) > 0, 60)
    process.send_signal(signal.SIGINT)
    cut = command_line.finish(process)
    assert cut.status == 130 and not (folder / TABLE).exists()
    (said,) = (line for line in cut.err.splitlines() if line.startswith("Stopped."))
    command = said.split("`")[1].split(" -m benchmarks ")[1].split()
    resumed = command_line.do(*command)
    assert resumed.status == 0, resumed.said
    assert (folder / TABLE).exists()


def test_a_run_is_no_study(command_line: CommandLine, tmp_path: Path) -> None:
    folder = make_fake(tmp_path, "honest")
    assert command_line.do(*command_line.run_arguments(folder)).status == 0
    done = command_line.do("warm-up", "--resume", "latest", "--runner", folder)
    assert done.status == 2
    assert "is no study: `run --resume` goes on with it" in done.err
