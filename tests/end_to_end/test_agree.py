"""`agree` refuses with one sentence what it cannot do."""

from pathlib import Path

from tests.fakes.command_line import CommandLine


def test_a_runner_without_a_harness_is_bad_usage(tmp_path: Path) -> None:
    done = CommandLine(tmp_path).do("agree", "pyton")
    assert done.status == 2 and "python" in done.err and done.err.count("\n") == 1


def test_nothing_to_time_is_something_missing(tmp_path: Path) -> None:
    without = CommandLine(tmp_path, by=("env", "PATH=/nowhere"))
    done = without.do("agree", "csharp")
    assert done.status == 3 and "dotnet not found on PATH" in done.err
