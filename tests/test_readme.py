"""README says what is true: its commands, files, workloads and contenders exist."""

import re
from pathlib import Path

import click
import pytest

from benchmarks.cli.main import commands
from benchmarks.families import FAMILIES
from benchmarks.run.profiles import PROFILES
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


def test_the_table_is_from_the_sizes_that_its_command_has_today() -> None:
    told = re.search(
        r"`run --profile (\w+)` on [\d-]+\s+\([\w-]+\):\s+(\d+)\s+blocks,\s+([\d,]+)\s+invocations",
        README,
    )
    assert told is not None
    profile, blocks, invocations = told.groups()
    found = [c for manifest in discover().manifests for c in manifest.contenders]
    contenders = sum("ping" in c.families and not c.optional for c in found)
    again = PROFILES[profile].null_arm
    each = (contenders + again) * len(FAMILIES["ping"].workloads)
    assert (int(blocks), int(invocations)) == (PROFILES[profile].blocks, int(blocks) * each)


@pytest.mark.parametrize("target", re.findall(r"\]\(((?!https?:)[^)#]+)", README))
def test_every_link_leads_somewhere(target: str) -> None:
    assert (Path(__file__).parents[1] / target).exists()
