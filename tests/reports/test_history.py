"""All runs in one page: what is drawn, what is marked, and what damaged folders do to it."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import reports
from reports.analysis.history import lines
from reports.analysis.remembered import entries
from reports.history import INDEX_FILE, render, write_history
from results.format import RUN_FILE, SUMMARY_FILE
from tests.steady_run import STEADY
from tests.synthetic_run import HOSTILE, SyntheticRun, write_run

RUN = replace(STEADY, workloads=("sequential",))


def add(base: Path, name: str, run: SyntheticRun = RUN, **changed: Any) -> Path:
    folder = write_run(base / name, run)
    file = folder / RUN_FILE
    file.write_text(json.dumps(json.loads(file.read_text()) | {"id": name} | changed))
    reports.write(folder, ())
    return folder


def test_runs_come_newest_first_by_their_own_start(tmp_path: Path) -> None:
    add(tmp_path, "b", started="2025-01-01T00:00:00Z")
    add(tmp_path, "a", started="2025-01-03T00:00:00Z")
    add(tmp_path, "c", started="2025-01-02T00:00:00Z")
    assert [entry.folder for entry in entries(tmp_path)] == ["a", "c", "b"]


def test_a_line_has_a_point_per_run_and_says_what_changed(tmp_path: Path) -> None:
    first = add(tmp_path, "1", started="2025-01-01T00:00:00Z")
    plan = json.loads((first / RUN_FILE).read_text())
    machine = plan["machine"] | {"cpu": "Another"}
    contenders = json.loads(json.dumps(plan["contenders"]))
    contenders[1]["version"], contenders[1]["hash"] = "node 2", "f" * 64
    add(tmp_path, "2", started="2025-01-02T00:00:00Z", machine=machine)
    add(tmp_path, "3", started="2025-01-03T00:00:00Z", machine=machine, contenders=contenders)
    found = {line.key[1]: line for line in lines(entries(tmp_path), 60)}
    assert {line.key[2] for line in found.values()} == {"steady"}
    told = {who: [point.changed for point in line.points] for who, line in found.items()}
    assert told == {
        "csharp/socket": [(), ("machine",), ()],
        "node/net": [(), ("machine",), ("sources", "runtime")],
    }
    newest = {line.key[1]: line for line in lines(entries(tmp_path), 2)}
    told = {who: [point.changed for point in line.points] for who, line in newest.items()}
    assert told == {
        "csharp/socket": [("machine",), ()],
        "node/net": [("machine",), ("sources", "runtime")],
    }
    page = render(entries(tmp_path))
    assert page.count("<circle") == 6 and ">SR</text>" in page


def test_a_workload_that_asks_for_other_work_is_marked(tmp_path: Path) -> None:
    folder = add(tmp_path, "1", started="2025-01-01T00:00:00Z")
    workloads = json.loads((folder / RUN_FILE).read_text())["workloads"]
    workloads[0]["young"] += 1  # of no steady figure
    add(tmp_path, "2", started="2025-01-02T00:00:00Z", workloads=workloads)
    workloads[0]["params"]["delay_ns"] += 1
    add(tmp_path, "3", started="2025-01-03T00:00:00Z", workloads=workloads)
    for line in lines(entries(tmp_path), 60):
        assert [point.changed for point in line.points] == [(), (), ("workload",)]


def test_quantities_are_never_on_one_line(tmp_path: Path) -> None:
    add(tmp_path, "1")
    add(tmp_path, "2", replace(RUN, measures="young", iterations=4, warmup=1))
    add(tmp_path, "3", replace(RUN, measures=None, young=None))
    quantities = {line.key[2] for line in lines(entries(tmp_path), 60)}
    assert quantities == {"steady", "young", "as measured"}


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", '{"estimates": 7}', '{"estimates": [7, {"workload": []}]}', "[" * 10_000],
)
def test_a_damaged_summary_leaves_the_run_without_points(tmp_path: Path, text: str) -> None:
    add(tmp_path, "whole")
    (add(tmp_path, "damaged") / SUMMARY_FILE).write_text(text)
    (tmp_path / "no-run").mkdir()
    (tmp_path / "no-run" / RUN_FILE).write_text("{")
    found = entries(tmp_path)
    assert sorted(entry.folder for entry in found) == ["damaged", "whole"]
    assert {len(line.points) for line in lines(found, 60)} == {1}


def test_foreign_text_is_text(tmp_path: Path) -> None:
    add(tmp_path, "hostile", replace(RUN, hostile=True))
    page = write_history(tmp_path).read_text()
    assert HOSTILE not in page and "<script" not in page
    assert (tmp_path / INDEX_FILE).is_file()


def test_without_runs_the_page_is_empty_and_whole(tmp_path: Path) -> None:
    assert "0 runs" in render(entries(tmp_path))
