"""`export`, `compare` and `gate`: wrong input is one sentence, and nothing half-written."""

import json
import os
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from tests.fakes.command_line import CommandLine
from tests.fakes.folder import make_fake
from tests.steady_run import STEADY
from tests.synthetic_run import Break, write_run

RUN = replace(
    STEADY,
    workloads=("sequential",),
    contenders=("node/http", "node/promise-chain", "python/httpx", "node/net"),
)
PAIR = ("--pair", "node/http", "python/httpx")


@pytest.fixture
def run(command_line: CommandLine) -> Path:
    return write_run(command_line.results / "whole", RUN)


@pytest.fixture
def partial(command_line: CommandLine) -> Path:
    return write_run(command_line.results / "partial", replace(RUN, measured=5))


def test_a_gate_fails_where_the_new_one_is_proven_slower(
    command_line: CommandLine, run: Path
) -> None:
    done = command_line.do("gate", run, *PAIR)
    assert done.status == 1
    assert "slower by more than 5 %, proven" in done.out.splitlines()[0]
    assert command_line.do("gate", run, *PAIR, "--max-regression", "900%").status == 0
    again = command_line.do("gate", run, *PAIR, "--markdown")
    assert again.status == 1 and again.out.startswith("**Python httpx is slower than")


def test_one_program_takes_part_twice_and_is_gated(command_line: CommandLine) -> None:
    fake = make_fake(command_line.home)
    twice = ["--runner", f"old={fake}", "--runner", f"new={fake}"]
    named = ["--contender", "old/ping", "--contender", "new/ping"]
    done = command_line.do(*command_line.run_arguments(), *twice, *named)
    assert done.status == 0, done
    run = command_line.the_run()
    assert [plan["id"] for plan in run.file["contenders"]] == ["old/ping", "new/ping"]
    assert f"--runner old={fake.name} --runner new={fake.name}" in run.file["command"]
    assert (run.folder / "sources" / "old").is_dir() and (run.folder / "sources" / "new").is_dir()
    # Whatever this machine does meanwhile, the same program is not a hundred times slower.
    gate = ("gate", "latest", "--pair", "old/ping", "new/ping", "--max-regression", "9999%")
    told = command_line.do(*gate)
    assert told.status == 0 and "new/ping" in told.out and "would have been seen" in told.out


def test_two_runs_are_two_sessions_and_never_fail(command_line: CommandLine, run: Path) -> None:
    other = write_run(command_line.results / "other", replace(RUN, seed=2))
    gated, compared = ["gate", str(run), str(other), *PAIR], ["compare", str(run), str(other)]
    for command in (gated, compared):
        done = command_line.do(*command)
        assert done.status == 0 and "Two sessions: nothing is paired" in done.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "--pair BASE_ID NEW_ID"),
        (("--pair", "node/http", "node/httq"), "did you mean ‘node/http’"),
        (("--pair", "node/http", "node/http"), "two contenders"),
        (("--pair", "node/http", "node/net"), "two of one tier"),
        ((*PAIR, "--max-regression", "5"), "write 5%"),
        ((*PAIR, "--max-regression", "-5%"), "write 5%"),
        ((*PAIR, "--max-regression", "abc"), "write 5%"),
        ((*PAIR, "--max-regression", "1e9%"), "write 5%"),
    ],
)
def test_what_a_gate_cannot_decide_is_bad_usage(
    command_line: CommandLine, run: Path, arguments: tuple[str, ...], said: str
) -> None:
    done = command_line.do("gate", run, *arguments)
    assert (done.status, done.out) == (2, "") and said in done.err


def test_nothing_is_decided_before_the_last_block(command_line: CommandLine, partial: Path) -> None:
    done = command_line.do("gate", partial, *PAIR)
    assert done.status == 2 and "run --resume" in done.err


def test_a_whole_run_that_has_lost_lines_is_not_decided(
    command_line: CommandLine, run: Path
) -> None:
    file = run / "invocations.jsonl"
    file.write_text("".join(file.read_text().splitlines(keepends=True)[:-1]))
    done = command_line.do("gate", run, *PAIR)
    assert (done.status, done.out) == (2, "")
    assert "holds 7 of its 8 blocks" in done.err and "measure again" in done.err
    assert "7 of 8 blocks are in it" in command_line.do("export", run, "--format", "csv").err
    beside = command_line.do("compare", run, run).out
    assert "7 of them are in it" in " ".join(beside.split())


def test_a_base_that_broke_rules_leaves_nothing_to_compare(command_line: CommandLine) -> None:
    breaks = (Break(contender="node/http", repeat_too=True),)  # in survey
    broken = replace(RUN, workloads=("survey",), breaks=breaks)
    run = write_run(command_line.results / "broken", broken)
    done = command_line.do("gate", run, *PAIR)
    assert (done.status, done.out) == (2, "") and "nothing to compare" in done.err


def test_runs_that_share_nothing_are_one_sentence(command_line: CommandLine, run: Path) -> None:
    other = write_run(command_line.results / "other", replace(RUN, workloads=("survey",)))
    done = command_line.do("compare", run, other)
    assert (done.status, done.out) == (2, "") and "in common" in done.err


def test_a_partial_run_is_exported_and_said_to_be_one(
    command_line: CommandLine, partial: Path
) -> None:
    done = command_line.do("export", partial, "--format", "hyperfine")
    assert done.status == 0 and "5 of 8 blocks" in done.err
    assert len(json.loads(done.out)["results"][0]["times"]) == 5


def test_an_export_replaces_its_file_whole_or_not_at_all(
    command_line: CommandLine, run: Path, tmp_path: Path
) -> None:
    file = tmp_path / "out.csv"
    file.write_text("before")
    wrong = command_line.do("export", run, "--format", "cvs", "--output", file)
    assert wrong.status == 2 and "known are csv" in wrong.err and file.read_text() == "before"
    lost = command_line.do("export", run, "--format", "csv", "--output", tmp_path / "no" / "out")
    assert lost.status == 2 and "there is no folder" in lost.err
    sealed = command_line.do("export", run, "--format", "csv", "--output", "/proc/out.csv")
    assert sealed.status == 3 and "cannot be written" in sealed.err
    assert command_line.do("export", run, "--format", "csv", "--output", file).status == 0
    assert file.read_text().startswith("run,workload,contender,")


@pytest.mark.parametrize("command", [("export", "--format", "csv"), ("gate", *PAIR)])
@pytest.mark.parametrize("damage", ["truncated", "schema", "lines"])
def test_a_damaged_run_is_one_sentence(
    command_line: CommandLine, run: Path, command: tuple[str, ...], damage: str
) -> None:
    file = run / ("invocations.jsonl" if damage == "lines" else "run.json")
    text = file.read_text()
    file.write_text(
        {
            "truncated": text[: len(text) // 2],
            "schema": text.replace('"schema": 2', '"schema": 99'),
            "lines": text.replace('"block"', '"blok"', 1),
        }[damage]
    )
    done = command_line.do(command[0], run, *command[1:])
    assert (done.status, done.out) == (2, "")
    assert len(done.err.strip().splitlines()) == 1, done.err


def test_an_export_goes_into_a_pipe_and_leaves_it_one(
    command_line: CommandLine, run: Path, tmp_path: Path
) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = subprocess.Popen(["cat", pipe], stdout=subprocess.PIPE, text=True)
    try:
        done = command_line.do("export", run, "--format", "csv", "--output", pipe)
        assert done.status == 0 and pipe.is_fifo()
        read, _ = reader.communicate(timeout=60)
    finally:
        reader.kill()
        reader.wait()
    assert read == command_line.do("export", run, "--format", "csv").out
