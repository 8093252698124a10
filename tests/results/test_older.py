"""Runs of schema 1: read as they always were, their families declared as their pages knew them."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

import reports
from results.errors import UnreadableRun
from results.format import RUN_FILE
from results.older import declarations
from results.run_folder import RunFolder
from tests.synthetic_run import SyntheticRun, write_run

RUN = SyntheticRun(blocks=2, workloads=("survey",), contenders=("node/net",), iterations=3)


def of_schema_1(folder: Path) -> Path:
    """Write a run as schema 1 had it, and return its folder."""
    file = write_run(folder, RUN) / RUN_FILE
    run = json.loads(file.read_text()) | {"schema": 1}
    _drop(run, ("families", "suite", "null_arm"))
    for workload in run["workloads"]:
        _drop(workload, ("job_limit_s", "young", "lengths"))
    file.write_text(json.dumps(run))
    return folder


def _drop(keyed: dict[str, Any], keys: Iterable[str]) -> None:
    for key in keys:
        del keyed[key]


def test_a_run_of_schema_1_is_completed_and_says_so(tmp_path: Path) -> None:
    run = RunFolder.read(of_schema_1(tmp_path)).run
    assert (run["schema"], run["suite"], run["null_arm"]) == (1, None, {})
    assert [family["name"] for family in run["families"]] == ["ping"]
    assert run["workloads"][0]["job_limit_s"] == 120.0


def test_its_data_frames_are_those_of_the_same_run_today(tmp_path: Path) -> None:
    older = reports.load(of_schema_1(tmp_path / "older"))
    assert older.equals(reports.load(write_run(tmp_path / "newer", RUN)))


def test_a_family_that_schema_1_did_not_know_has_items_and_no_words() -> None:
    (family,) = declarations(["of-another-copy"])
    assert (family["item"], family["claim"], family["limits"]) == ("item", "", "")
    assert [figure["kind"] for figure in family["figures"]] == ["per-item"]


@pytest.mark.parametrize(
    "workloads", [None, 7, [7], [{}], [{"family": 7}], [{"name": [], "family": "ping"}]]
)
def test_nonsense_in_schema_1_is_refused_in_a_sentence(tmp_path: Path, workloads: object) -> None:
    file = of_schema_1(tmp_path) / RUN_FILE
    file.write_text(json.dumps(json.loads(file.read_text()) | {"workloads": workloads}))
    with pytest.raises(UnreadableRun, match="run.json: it, workloads"):
        RunFolder.read(tmp_path)
