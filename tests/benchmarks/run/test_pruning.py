"""Pruning: records of old runs go; plan, summary and page of each stay."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

import reports
from benchmarks.run.pruning import prunable, prune_run
from results.errors import UnreadableRun
from results.format import INVOCATIONS_FILE, PINGS_FILE, RUN_FILE, SUMMARY_FILE
from results.run_folder import RunFolder
from tests.synthetic_run import SyntheticRun, write_run

RUN = SyntheticRun(blocks=6, workloads=("survey",), contenders=("csharp/socket", "node/net"))


def add(base: Path, name: str, run: SyntheticRun = RUN, *, summarised: bool = True) -> Path:
    folder = write_run(base / name, run)
    file = folder / RUN_FILE
    file.write_text(json.dumps(json.loads(file.read_text()) | {"started": f"2025-01-{name}"}))
    if summarised:
        reports.write(folder, ())
    return folder


def test_the_newest_stay_and_so_does_what_can_be_finished(tmp_path: Path) -> None:
    for name in ("01", "02", "03", "04"):
        add(tmp_path, name)
    add(tmp_path, "00", replace(RUN, measured=3))
    add(tmp_path, "05", summarised=False)
    found = prunable(tmp_path, 3)
    assert [folder.name for folder, _ in found] == ["02", "01"]
    for folder, size in found:
        raw = [folder / name for name in (INVOCATIONS_FILE, PINGS_FILE)]
        assert size == sum(file.stat().st_size for file in raw)


def test_what_was_pruned_says_so_and_keeps_its_summary(tmp_path: Path) -> None:
    folder = add(tmp_path, "01")
    prune_run(folder)
    assert (folder / SUMMARY_FILE).is_file() and (folder / RUN_FILE).is_file()
    assert prunable(tmp_path, 0) == []
    with pytest.raises(UnreadableRun, match="its records were freed"):
        RunFolder.read(folder)


def test_a_link_to_somebody_s_folder_is_left_alone(tmp_path: Path) -> None:
    folder = add(tmp_path / "elsewhere", "01")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "01").symlink_to(folder)
    assert prunable(tmp_path / "out", 0) == []
