"""Runs of fakes, some of which are cut off."""

from pathlib import Path

import pytest

from tests.fakes.command_line import CommandLine
from tests.trouble.pair import MakePair, Pair


@pytest.fixture
def command_line(tmp_path: Path) -> CommandLine:
    return CommandLine(tmp_path)


@pytest.fixture
def pair(command_line: CommandLine) -> Pair:
    return Pair(command_line, "stalls")


@pytest.fixture
def make_pair(command_line: CommandLine) -> MakePair:
    return lambda program: Pair(command_line, program)
