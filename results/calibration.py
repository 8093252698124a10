"""What `calibrate` found on a machine: a file beside the runs, written by it and read by others."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TypedDict

from results.conform import Misfit, conform, parsed
from results.errors import UnreadableRun
from results.files import bytes_of, replace
from results.format import Machine

CALIBRATION_FILE = "calibration.json"
_LARGEST = 100_000  # bytes


class Calibration(TypedDict):
    """Sessions in which a program met itself, and itself with a share of its own time planted.

    `false_alarms`, `held` and `found` count sessions: a difference was claimed between the same;
    their interval held 1; the planted one was claimed. `smallest` is, by profile, the smallest
    difference as a share that is found four times out of five among `m` comparisons; null where
    that would be more than a factor of two.
    """

    run: str
    date: str
    cpu: str
    cores: int
    workload: str
    blocks: int
    sessions: int
    false_alarms: int
    held: int
    planted: float
    found: int
    m: int
    smallest: dict[str, float | None]


def write_calibration(folder: Path, found: Calibration) -> Path:
    """Write the file into the folder of the runs and return it. Raises OSError."""
    file = folder / CALIBRATION_FILE
    replace(file, json.dumps(found, ensure_ascii=False, indent=1) + "\n")
    return file


def read_calibration(folder: Path, machine: Machine) -> Calibration | None:
    """Return what was found on this machine; None where nothing was, or what is there is no such file."""
    try:
        text = bytes_of(folder / CALIBRATION_FILE, _LARGEST)
        found: Calibration = conform(parsed(text), Calibration, "")
    except (Misfit, UnreadableRun, OSError):
        return None
    same = (found["cpu"], found["cores"]) == (machine["cpu"], machine["cores"])
    return found if same else None


def in_words(smallest: Mapping[str, float | None]) -> str:
    """Say which is the smallest difference that each profile shows."""
    return ", ".join(
        f"{'none below a factor of two' if share is None else f'{100 * share:.0f} %'} in {name}"
        for name, share in smallest.items()
    )
