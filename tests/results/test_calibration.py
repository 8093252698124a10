"""A calibration is read back on its own machine only."""

from pathlib import Path

from results.calibration import CALIBRATION_FILE, in_words, read_calibration, write_calibration
from results.format import Machine
from tests.calibrated import FOUND

MACHINE = Machine(
    cpu="Example CPU",
    cores=2,
    usable_cpus=2,
    cpu_quota=None,
    governor=None,
    memory_bytes=1,
    kernel="6.1.0",
    virtualised=None,
    python="3.11.2",
    packages={},
)


def test_what_was_written_is_read_on_this_machine(tmp_path: Path) -> None:
    write_calibration(tmp_path, FOUND)
    assert read_calibration(tmp_path, MACHINE) == FOUND


def test_another_machine_has_none(tmp_path: Path) -> None:
    assert read_calibration(tmp_path, MACHINE) is None
    write_calibration(tmp_path, FOUND)
    other = MACHINE.copy()
    other["cores"] = 64
    assert read_calibration(tmp_path, other) is None


def test_a_damaged_file_is_none(tmp_path: Path) -> None:
    for text in ("", "{", "[]", '{"run": 1}'):
        (tmp_path / CALIBRATION_FILE).write_text(text)
        assert read_calibration(tmp_path, MACHINE) is None


def test_what_it_shows_is_said_by_profile() -> None:
    said = "none below a factor of two in quick, 6 % in default"
    assert in_words(FOUND["smallest"]) == said
