"""`calibrate` measures a program against itself, and against itself with time added."""

import json
from pathlib import Path

import pytest

from results.calibration import CALIBRATION_FILE, in_words
from tests.fakes.command_line import CommandLine


@pytest.mark.slow
def test_a_session_says_what_this_machine_shows(tmp_path: Path) -> None:
    command_line = CommandLine(tmp_path)
    done = command_line.do("calibrate", "--sessions", "1", "--planted", "0.5")
    assert done.status == 0, done.said
    found = json.loads((command_line.results / CALIBRATION_FILE).read_text())
    assert found["sessions"] == 1 and found["blocks"] == 8 and found["planted"] == 0.5
    assert [*found["smallest"]] == ["quick", "default", "publication"]
    assert in_words(found["smallest"]) in done.out
    run = json.loads((command_line.results / found["run"] / "run.json").read_text())
    assert run["status"] == "complete" and run["null_arm"] == {}
    assert in_words(found["smallest"]) in command_line.do("doctor").out
