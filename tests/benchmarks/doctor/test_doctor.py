"""The doctor says what is missing or noisy, and what to do."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from benchmarks.doctor import Level, Readings, Remark, judge
from benchmarks.doctor.readings import Toolchain
from tests.calibrated import FOUND
from tests.fakes.command_line import CommandLine

QUIET = Readings(
    system="Linux",
    toolchains=(Toolchain(runner="one", version="1.2.3"),),
    broken_manifests=(),
    cores=4,
    cpus=4,
    quota=None,
    pins=True,
    governor="performance",
    turbo=False,
    load=0.1,
    pressure=0.0,
    virtualised=None,
    swap_used_bytes=0,
    memory_available_bytes=8_000_000_000,
    out_writable=True,
    free_bytes=50_000_000_000,
    needed_bytes={"small": 20_000_000, "large": 500_000_000},
    file_system="ext4",
    ephemeral_ports=(32768, 60999),
    somaxconn=4096,
    shortages=(),
    clock_source="tsc",
    clock_ns=30.0,
    browser=True,
    calibration=FOUND,
)
SPARSE = replace(
    QUIET,
    quota=None,
    governor=None,
    turbo=None,
    load=None,
    pressure=None,
    swap_used_bytes=None,
    memory_available_bytes=None,
    file_system=None,
    ephemeral_ports=None,
    somaxconn=None,
    clock_source=None,
)
ABSENT = Toolchain(runner="one", missing=("a", "b"), install="Install a and b")


def not_ok(readings: Readings) -> list[Remark]:
    """What the doctor has to say beyond that something is as it should be."""
    return [remark for remark in judge(readings) if remark.level is not Level.OK]


@pytest.mark.parametrize("readings", [QUIET, SPARSE])
def test_a_quiet_machine_has_nothing_in_the_way_even_where_little_can_be_read(
    readings: Readings,
) -> None:
    assert not_ok(readings) == []
    assert judge(readings) != []


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"broken_manifests": ("x/runner.toml: name: is empty",)}, "x/runner.toml"),
        ({"cores": 1, "cpus": 1}, "one CPU"),
        ({"calibration": None}, "How small a difference"),
        ({"cpus": 1}, "One CPU of 4"),
        ({"pins": False}, "pinned to CPUs"),
        ({"quota": 1.5}, "grants 1.5 of 4 CPUs"),
        ({"governor": "powersave"}, "powersave"),
        ({"turbo": True}, "base frequency"),
        ({"pressure": 40.0}, "waited for a CPU in 40 %"),
        ({"load": 3.0, "pressure": None}, "Load 3.00 on 4 CPUs"),
        ({"virtualised": "WSL 2"}, "virtual (WSL 2)"),
        ({"swap_used_bytes": 3_000_000}, "3 MB of swap in use"),
        ({"memory_available_bytes": 500_000_000}, "Only 500 MB"),
        ({"free_bytes": 100_000_000}, "too little for large"),
        ({"file_system": "tmpfs"}, "lies in memory"),
        ({"ephemeral_ports": (1024, 65535)}, "1024 to 65535"),
        ({"somaxconn": 64}, "64 connections"),
        ({"clock_source": "hpet"}, "hpet"),
        ({"clock_ns": 900.0}, "900 ns"),
        ({"browser": False}, "Chromium"),
    ],
)
def test_what_makes_a_run_worse_is_a_note_with_advice(change: dict[str, Any], words: str) -> None:
    (remark,) = not_ok(replace(QUIET, **change))
    assert remark.level is Level.NOTE
    assert words in remark.what
    assert remark.advice


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"system": "Darwin"}, "Darwin"),
        ({"out_writable": False}, "cannot be written"),
        ({"free_bytes": 1_000_000}, "1 MB free"),
        ({"shortages": ("320 open files are needed, 64 allowed",)}, "64 allowed"),
        ({"toolchains": ()}, "No runner"),
    ],
)
def test_what_keeps_a_run_from_working_is_a_problem(change: dict[str, Any], words: str) -> None:
    (remark,) = not_ok(replace(QUIET, **change))
    assert remark.level is Level.PROBLEM
    assert words in remark.what
    assert remark.advice


def test_a_load_that_has_ended_is_not_held_against_a_machine_without_pressure() -> None:
    assert not_ok(replace(QUIET, load=9.0)) == []


def test_a_missing_toolchain_is_a_note_while_another_runner_is_usable() -> None:
    both = (replace(ABSENT, runner="two"), *QUIET.toolchains)
    assert not_ok(replace(QUIET, toolchains=both)) == [
        Remark(
            level=Level.NOTE,
            what="Runner two is skipped: a and b not found.",
            advice="Install a and b.",
        )
    ]


def test_what_is_installed_and_fails_is_not_to_be_installed() -> None:
    toolchain = Toolchain(runner="two", failure="`two -v` ended with status 1", install="Install 2")
    (remark,) = not_ok(replace(QUIET, toolchains=(*QUIET.toolchains, toolchain)))
    assert remark.what == "Runner two does not answer: `two -v` ended with status 1."
    assert remark.advice is not None
    assert "Install" not in remark.advice
    assert "--with" in remark.advice


def test_a_toolchain_that_is_too_old_is_answered_with_what_brings_a_newer_one() -> None:
    old = replace(ABSENT, runner="two", missing=(), failure="‘two 1’ is older than 2", too_old=True)
    (remark,) = not_ok(replace(QUIET, toolchains=(*QUIET.toolchains, old)))
    assert remark.what == "Runner two is skipped: ‘two 1’ is older than 2."
    assert remark.advice == "Install a and b."


def test_a_script_in_place_of_a_program_is_named_since_it_costs_start_up() -> None:
    wrapped = Toolchain(runner="two", version="2.0", scripts=(Path("/usr/bin/two"),))
    (remark,) = not_ok(replace(QUIET, toolchains=(*QUIET.toolchains, wrapped)))
    assert remark.level is Level.NOTE
    assert remark.what.startswith("Runner two: 2.0, started by a script (/usr/bin/two)")
    assert "--with two=PATH" in (remark.advice or "")


def test_optional_runners_are_called_so_and_make_no_run_possible_by_themselves() -> None:
    here = Toolchain(runner="two", version="1.2", optional=True)
    lacking = replace(ABSENT, runner="three", optional=True)
    (remark,) = not_ok(replace(QUIET, toolchains=(*QUIET.toolchains, here, lacking)))
    assert remark.what == "Optional runner three is skipped: a and b not found."
    levels = [remark.level for remark in not_ok(replace(QUIET, toolchains=(here,)))]
    assert levels == [Level.PROBLEM]


@pytest.mark.parametrize(
    "toolchain", [ABSENT, Toolchain(runner="one", failure="ended with status 1")]
)
def test_no_usable_runner_is_a_problem(toolchain: Toolchain) -> None:
    levels = [remark.level for remark in not_ok(replace(QUIET, toolchains=(toolchain,)))]
    assert levels == [Level.NOTE, Level.PROBLEM]


def test_this_machine_can_be_read(tmp_path: Path) -> None:
    done = CommandLine(tmp_path).do("doctor")
    assert done.status in (0, 3)
    assert all(word in done.out for word in ("Runner ", " CPU", " free; a run takes about: quick "))
