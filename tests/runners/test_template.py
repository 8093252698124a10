"""A new runner: made from one that ships, and passing every rule as it is."""

import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from benchmarks.cli.new_runner import new_runner
from benchmarks.conformance.check import check_contender
from benchmarks.ping.origin.handle import Origin
from reports.drawing.palette import _HUES
from results.errors import UsageError
from runners.content import content_files
from runners.discovery import discover
from runners.manifest import read_manifest
from runners.roster import Ready, prepare, start_of
from runners.template import COLORS, make_runner


def test_a_new_runner_passes_check(tmp_path: Path, subreaper: None) -> None:
    manifest = read_manifest(make_runner(str(tmp_path / "mine")))
    assert (manifest.name, manifest.language) == ("mine", "mine")
    ready = prepare(manifest, {})
    assert isinstance(ready, Ready), ready
    with Origin() as origin:
        for contender in manifest.contenders:
            rows, _ = check_contender(contender, start_of(ready, contender), origin)
            assert [row for row in rows if row["ok"] is not True] == []
            assert len(rows) == 17


def test_a_new_runner_holds_a_program_of_each_tier_and_what_they_need(tmp_path: Path) -> None:
    folder = make_runner(str(tmp_path / "mine"))
    contenders = read_manifest(folder).contenders
    assert [(c.id, c.tier) for c in contenders] == [("mine/raw", "raw"), ("mine/client", "client")]
    files = content_files(folder)
    assert {Path(source) for c in contenders for source in c.sources} < {*files}
    assert not [file for file in files if file.name == "README.md" or len(file.parts) > 1]
    assert not any(name.startswith(".") for name in os.listdir(folder))


def test_a_new_runner_has_a_colour_of_the_palette_that_nobody_here_has(tmp_path: Path) -> None:
    color = read_manifest(make_runner(str(tmp_path / "mine"))).color
    assert color in COLORS and color not in {found.color for found in discover().manifests}
    assert {*COLORS} <= {*_HUES}


@pytest.mark.parametrize("name", ["Mine", "1st", "a_b", "a b", "", ".", "..", "a" * 33])
def test_a_name_that_no_runner_can_have_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match="must match|exists already"):
        make_runner(f"{tmp_path}/{name}")
    assert os.listdir(tmp_path) == []


def test_a_folder_that_is_there_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    with pytest.raises(UsageError, match="exists already"):
        make_runner(str(tmp_path / "mine"))
    assert os.listdir(tmp_path / "mine") == []


def test_the_name_of_a_runner_that_ships_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there is a runner ‘python’ already"):
        make_runner(str(tmp_path / "python"))


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be made: No such file"):
        make_runner(str(tmp_path / "absent" / "mine"))


def test_the_next_step_names_a_top_level_folder_and_shows_any_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def next_step(path: Path) -> str:
        printed = CliRunner().invoke(new_runner, [str(path)], standalone_mode=False).output
        return str(printed.splitlines()[1].strip())

    command = ".venv/bin/python -m benchmarks check"
    assert next_step(tmp_path / "far") == f"{command} --runner {tmp_path / 'far'}"
    monkeypatch.setattr("benchmarks.cli.new_runner.ROOT", tmp_path.resolve())
    assert next_step(tmp_path / "near") == f"{command} near"
