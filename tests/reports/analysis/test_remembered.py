"""What is remembered of runs: the same as what they say, whatever became of them or of the file."""

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

import reports
from reports.analysis import remembered
from reports.analysis.entries import Entry, Told, told_of
from reports.analysis.remembered import MEMORY_FILE, entries
from reports.history import render
from results.format import REPORT_FILE, RUN_FILE, SUMMARY_FILE
from tests.steady_run import STEADY
from tests.synthetic_run import write_run

NAMES = ("1", "2", "3")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three runs that nobody has looked at yet."""
    base = tmp_path_factory.mktemp("made")
    folder = write_run(base / NAMES[0], replace(STEADY, workloads=("sequential",)))
    reports.write(folder, ("html",))
    for name in NAMES[1:]:
        shutil.copytree(folder, base / name)
    for name in NAMES:
        change(base / name / RUN_FILE, id=name, started=f"2025-01-0{name}T00:00:00Z")
    return base


@pytest.fixture()
def base(made: Path, tmp_path: Path) -> Path:
    """The same, to be changed, and remembered."""
    base = tmp_path / "runs"
    shutil.copytree(made, base)
    entries(base)
    return base


def change(file: Path, **keys: object) -> None:
    file.write_text(json.dumps(json.loads(file.read_text()) | keys))


def forgetful(base: Path) -> list[Entry]:
    """What the runs say to who remembers nothing, with no trace left."""
    file = base / MEMORY_FILE
    kept = file.read_bytes()
    file.unlink()
    found = entries(base)
    file.write_bytes(kept)
    return found


@pytest.fixture()
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the folders that are read from now on."""
    names = []

    def noting(folder: Path) -> Told:
        names.append(folder.name)
        return told_of(folder)

    monkeypatch.setattr(remembered, "told_of", noting)
    return names


def test_a_remembered_page_is_the_same_and_reads_no_run(base: Path, read: list[str]) -> None:
    found = entries(base)
    assert not read and [entry.folder for entry in found] == ["3", "2", "1"]
    assert all(entry.figures for entry in found)
    assert found == forgetful(base) and sorted(read) == [*NAMES]
    assert render(found) == render(forgetful(base))


def without_summary(folder: Path) -> None:
    (folder / SUMMARY_FILE).unlink()


def with_other_figures(folder: Path) -> None:
    estimates = json.loads((folder / SUMMARY_FILE).read_text())["estimates"]
    change(folder / SUMMARY_FILE, estimates=[row | {"value": 7.0} for row in estimates])


def with_another_plan(folder: Path) -> None:
    change(folder / RUN_FILE, profile="another")


@pytest.mark.parametrize("become", [without_summary, with_other_figures, with_another_plan])
def test_only_a_changed_run_is_read_again(
    base: Path, read: list[str], become: Callable[[Path], None]
) -> None:
    before = entries(base)
    become(base / "2")
    now = entries(base)
    assert read == ["2"] and now != before
    assert now == entries(base) and read == ["2"]
    assert now == forgetful(base)


def test_runs_that_went_and_came_are_followed(base: Path, made: Path, read: list[str]) -> None:
    shutil.rmtree(base / "2")
    shutil.copytree(made / "1", base / "new")
    assert {entry.folder for entry in entries(base)} == {"1", "3", "new"}
    assert read == ["new"]
    shutil.rmtree(base / "new")
    assert {entry.folder for entry in entries(base)} == {"1", "3"}
    assert b'"new"' not in (base / MEMORY_FILE).read_bytes()


def test_a_page_that_went_is_not_linked(base: Path, read: list[str]) -> None:
    (base / "2" / REPORT_FILE).unlink()
    assert [entry.page for entry in entries(base)] == [True, False, True] and not read


def test_an_unreadable_run_is_left_out_until_it_is_mended(base: Path) -> None:
    whole = (base / "2" / RUN_FILE).read_text()
    (base / "2" / RUN_FILE).write_text("{")
    assert [entry.folder for entry in entries(base)] == ["3", "1"]
    (base / "2" / RUN_FILE).write_text(whole)
    assert [entry.folder for entry in entries(base)] == ["3", "2", "1"]


def cut(kept: bytes) -> bytes:
    return kept[: len(kept) // 2]


def one_digit_changed(kept: bytes) -> bytes:
    place = kept.index(b'"blocks":8') + len(b'"blocks":')
    return kept[:place] + b"9" + kept[place + 1 :]


def of_another_format(kept: bytes) -> bytes:
    first, _, rest = kept.partition(b"\n")
    name, number, digest = first.split()
    return b" ".join((name, b"%d" % (int(number) + 1), digest)) + b"\n" + rest


@pytest.mark.parametrize(
    "damage", [cut, one_digit_changed, of_another_format, lambda _: b"", lambda _: b"\xff\n{}"]
)
def test_what_is_damaged_or_of_another_format_is_made_anew(
    base: Path, read: list[str], damage: Callable[[bytes], bytes]
) -> None:
    file = base / MEMORY_FILE
    kept, before = file.read_bytes(), entries(base)
    file.write_bytes(damage(kept))
    assert entries(base) == before and sorted(read) == [*NAMES]
    assert sorted(json.loads(file.read_bytes().partition(b"\n")[2])) == [*NAMES]
    assert entries(base) == before and len(read) == len(NAMES)


def test_a_folder_that_takes_no_file_costs_the_time_only(
    base: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = entries(base)
    (base / MEMORY_FILE).unlink()

    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "replace", refuse)  # root may write everywhere
    assert entries(base) == before
    assert not [*base.glob(f"{MEMORY_FILE}*")] and not [*base.glob(f".{MEMORY_FILE}*")]


def test_without_runs_nothing_is_remembered(tmp_path: Path) -> None:
    assert not entries(tmp_path) and not [*tmp_path.iterdir()]
