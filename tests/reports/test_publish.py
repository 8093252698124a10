"""The files that a report consists of."""

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

import reports
from results.errors import UnwritableReport
from results.format import MARKDOWN_FILE, REPORT_FILE, SUMMARY_FILE
from tests.synthetic_run import SyntheticRun, write_run

RUN = SyntheticRun(workloads=("survey",), contenders=("csharp/socket", "node/net"))


def test_the_files_asked_for_are_written_and_nothing_else(tmp_path: Path) -> None:
    write_run(tmp_path, RUN)
    before = set(os.listdir(tmp_path))
    summary = reports.write(tmp_path, formats=("md",))
    assert set(os.listdir(tmp_path)) - before == {SUMMARY_FILE, MARKDOWN_FILE}
    assert json.loads((tmp_path / SUMMARY_FILE).read_text()) == summary
    assert (tmp_path / MARKDOWN_FILE).read_text().startswith(f"# {summary['run']}\n")


def test_they_can_be_read_by_others(tmp_path: Path) -> None:
    reports.write(write_run(tmp_path, RUN), formats=())
    assert stat.S_IMODE((tmp_path / SUMMARY_FILE).stat().st_mode) == 0o644


def test_a_link_in_their_place_is_replaced_and_not_followed(tmp_path: Path) -> None:
    folder = write_run(tmp_path / "run", RUN)
    target = tmp_path / "precious"
    target.write_text("precious")
    (folder / SUMMARY_FILE).symlink_to(target)
    reports.write(folder, formats=())
    assert target.read_text() == "precious"
    assert not (folder / SUMMARY_FILE).is_symlink()


def test_what_cannot_be_written_leaves_the_old_file_and_no_litter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reports.write(write_run(tmp_path, RUN), formats=("md",))
    before = {name: (tmp_path / name).read_bytes() for name in (SUMMARY_FILE, MARKDOWN_FILE)}
    names = set(os.listdir(tmp_path))

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(UnwritableReport, match="No space left on device"):
        reports.write(tmp_path, formats=("md",))
    assert set(os.listdir(tmp_path)) == names
    assert {name: (tmp_path / name).read_bytes() for name in before} == before


def test_a_page_is_written_where_it_is_asked_for(tmp_path: Path) -> None:
    reports.write(write_run(tmp_path, RUN), formats=("html",))
    assert (tmp_path / REPORT_FILE).read_text().lower().startswith("<!doctype html>")


def test_charts_are_written_beside_the_page_and_follow_no_link(tmp_path: Path) -> None:
    folder = write_run(tmp_path / "run", RUN)
    target = tmp_path / "precious"
    target.write_text("precious")
    before = set(os.listdir(folder))
    reports.write(folder, formats=("png",))
    charts = set(os.listdir(folder)) - before - {SUMMARY_FILE}
    assert {name.rpartition(".")[2] for name in charts} == {"png"}
    chart = folder / min(charts)
    chart.unlink()
    chart.symlink_to(target)
    reports.write(folder, formats=("png",))
    assert chart.read_bytes().startswith(b"\x89PNG")
    assert target.read_text() == "precious"


def test_a_matplotlib_that_does_not_start_is_one_sentence(tmp_path: Path, repository: Path) -> None:
    folder = write_run(tmp_path / "run", RUN)
    settings = tmp_path / ".config" / "matplotlib"
    settings.mkdir(parents=True)
    (settings / "matplotlibrc").write_bytes(b"\xff: True\n")
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks", "report", folder],
        cwd=repository,
        env={**os.environ, "HOME": str(tmp_path)},
        capture_output=True,
        timeout=300,
        text=True,
    )
    assert done.returncode == 3
    assert "damaged matplotlibrc" in done.stderr
    assert "Traceback" not in done.stderr
