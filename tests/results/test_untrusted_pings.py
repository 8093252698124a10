"""Packets of pings from anywhere: each that is not what its line says is refused in a sentence."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import reports
from results.errors import UnreadableRun
from results.format import INVOCATIONS_FILE, PINGS_FILE
from results.run_folder import RunFolder
from tests.synthetic_run import SyntheticRun, write_run

RUN = SyntheticRun(
    blocks=2, workloads=("survey",), contenders=("csharp/socket", "node/net"), iterations=3
)
Edit = Callable[[dict[str, Any]], object]


def edited(folder: Path, edit: Edit) -> Path:
    """A run whose second line was changed."""
    file = write_run(folder, RUN) / INVOCATIONS_FILE
    lines = [json.loads(line) for line in file.read_text().splitlines()]
    edit(lines[1])
    file.write_text("".join(f"{json.dumps(line)}\n" for line in lines))
    return folder


def packet(**changes: object) -> Edit:
    return lambda line: line["pings"].update(changes)


@pytest.mark.parametrize(
    ("edit", "reason"),
    [
        (packet(offset=-1), "lie at -1"),
        (packet(offset=2**62), "pings.bin ends within its pings"),
        (packet(offset=1), "are not those that were stored"),
        (packet(length=0), "0 bytes long"),
        (packet(length=2**40), "bytes long"),
        (packet(pings=-1), "its -1 pings lie"),
        (packet(pings=2**40), "pings lie"),
        (packet(checksum="0" * 32), "are not those that were stored"),
        (packet(offset="0"), "offset is '0', not an integer"),
        (packet(extra=1), "unknown key 'extra'"),
        (lambda line: line["pings"].pop("length"), "lacks the key 'length'"),
        (lambda line: line["iterations"][1].pop("end_ns"), "lacks the key 'end_ns'"),
        (lambda line: line.update(iterations=[7]), "not a list of objects"),
        (lambda line: line.update(job={}), "lacks the key"),
    ],
)
def test_a_line_that_lies_about_its_packet_is_named(
    tmp_path: Path, edit: Edit, reason: str
) -> None:
    with pytest.raises(UnreadableRun) as refusal:
        RunFolder.read(edited(tmp_path, edit))
    message = str(refusal.value)
    assert reason in message and f"{INVOCATIONS_FILE}, line 2: " in message


@pytest.mark.parametrize(
    ("edit", "reason"),
    [
        (packet(pings=11), "its pings are 12, not 11"),
        (lambda line: line["iterations"].pop(), "12 pings in 2 iterations"),
    ],
)
def test_a_packet_with_another_number_of_pings_is_refused_when_it_is_read(
    tmp_path: Path, edit: Edit, reason: str
) -> None:
    with pytest.raises(UnreadableRun, match=reason):
        reports.load_pings(edited(tmp_path, edit))


def test_pings_that_are_said_to_be_joined_and_are_not_are_refused(tmp_path: Path) -> None:
    folder = write_run(tmp_path, SyntheticRun(blocks=1, workloads=("survey",), live=True))
    file = folder / INVOCATIONS_FILE
    lines = [json.loads(line) for line in file.read_text().splitlines()]
    for line in lines:
        line["origin"] = {
            "joined": True, "heads": [], "unrecorded": 0, "cpu_ns": None, "wall_ns": None
        }  # fmt: skip
    file.write_text("".join(f"{json.dumps(line)}\n" for line in lines))
    with pytest.raises(UnreadableRun, match="do not belong together"):
        reports.load_pings(folder)


def test_a_file_of_pings_that_was_cut_off_is_refused(tmp_path: Path) -> None:
    file = write_run(tmp_path, RUN) / PINGS_FILE
    file.write_bytes(file.read_bytes()[:-1])
    with pytest.raises(UnreadableRun, match="line 4: pings.bin ends within its pings"):
        RunFolder.read(tmp_path)


@pytest.mark.parametrize("place", [0, 100, -1])
def test_a_file_of_pings_that_was_edited_is_refused(tmp_path: Path, place: int) -> None:
    file = write_run(tmp_path, RUN) / PINGS_FILE
    data = bytearray(file.read_bytes())
    data[place] ^= 1
    file.write_bytes(data)
    with pytest.raises(UnreadableRun, match="are not those that were stored"):
        RunFolder.read(tmp_path)


def test_a_file_of_pings_that_is_missing_or_a_link_is_refused(tmp_path: Path) -> None:
    file = write_run(tmp_path / "run", RUN) / PINGS_FILE
    elsewhere = file.rename(tmp_path / "elsewhere")
    with pytest.raises(UnreadableRun, match="pings.bin is missing"):
        RunFolder.read(file.parent)
    file.symlink_to(elsewhere)
    with pytest.raises(UnreadableRun, match="pings.bin cannot be read"):
        RunFolder.read(file.parent)


def test_what_follows_the_last_packet_is_left_alone(tmp_path: Path) -> None:
    before = reports.load_pings(write_run(tmp_path, RUN))
    with (tmp_path / PINGS_FILE).open("ab") as file:
        file.write(b"half a packet")
    assert reports.load_pings(tmp_path).equals(before)


def test_a_run_with_more_pings_than_any_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("results.run_folder.MOST_PINGS", 30)
    with pytest.raises(UnreadableRun, match="more than 30 pings"):
        RunFolder.read(write_run(tmp_path, RUN))
