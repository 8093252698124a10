"""Families without a network: who loses work, makes it up or hurries breaks C1 and nothing else."""

import json
from pathlib import Path

import pytest

from tests.fakes.command_line import CommandLine
from tests.fakes.folder import make_fake

pytestmark = pytest.mark.deadline(120)

# `loses` leaves the last value out, `forgets` gives every iteration the first one's answer,
# `hurries` does not wait for its timers.
BREAKS: dict[str, set[str]] = {
    "behaves": set(),
    "loses": {"C1"},
    "forgets": {"C1"},
    "hurries": {"C1"},
}


@pytest.mark.parametrize("how", BREAKS)
def test_check_lists_just_the_rules_that_it_breaks(tmp_path: Path, how: str) -> None:
    folder = make_fake(
        tmp_path / "runners",
        "worker",
        contender={
            "families": ["timers"],
            "tier": None,
            "command": ["{python}", "-S", "-E", "worker.py", how],
        },
    )
    done = CommandLine(tmp_path / "home").do("check", "--runner", folder, "--json")
    rows = json.loads(done.out)
    assert {row["rule"] for row in rows if row["ok"] is False} == BREAKS[how], rows
    assert {row["rule"] for row in rows} == {"M1", "M2", "P1", "P2", "P3", "P4", "P5", "P6", "C1"}
    assert done.status == (1 if BREAKS[how] else 0)
