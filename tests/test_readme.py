"""README says what is true: its commands, files, workloads and contenders exist."""

import re
from pathlib import Path

import click
import pytest

from benchmarks.cli.main import commands
from benchmarks.families import FAMILIES
from runners.discovery import discover

README = (Path(__file__).parents[1] / "README.md").read_text()


def test_every_make_target_named_exists() -> None:
    makefile = (Path(__file__).parents[1] / "Makefile").read_text()
    targets = set(re.findall(r"^make ([a-z]+)|`make ([a-z]+)`", README, re.MULTILINE))
    for target in {name for pair in targets for name in pair if name}:
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


@pytest.mark.parametrize("line", re.findall(r"-m benchmarks ([a-z][^\n`#]*)", README))
def test_every_command_line_named_parses(line: str) -> None:
    name, *words = line.split()
    command = commands.get_command(click.Context(commands), name)
    assert command is not None
    options = {option for parameter in command.params for option in parameter.opts}
    assert {word for word in words if word.startswith("--")} <= options


def test_every_ping_and_every_family_is_named() -> None:
    contenders = [c for manifest in discover().manifests for c in manifest.contenders]
    pings = [c.id for c in contenders if "ping" in c.families]
    workloads = [workload.name for workload in FAMILIES["ping"].workloads]
    for name in [*workloads, *(FAMILIES.keys() - {"ping"}), *pings]:
        assert f"`{name}`" in README


def test_a_table_of_before_says_that_its_processes_were_not_warm() -> None:
    """Until a run of this version takes its place, with its blocks and invocations."""
    assert "*as measured* by version 0.1.0: its processes had not all warmed" in README


@pytest.mark.parametrize("target", re.findall(r"\]\(((?!https?:)[^)#]+)", README))
def test_every_link_leads_somewhere(target: str) -> None:
    assert (Path(__file__).parents[1] / target).exists()
