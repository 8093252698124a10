"""Runs of schema 1: read as they always were, their families declared as their pages knew them."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

import reports
from results.errors import UnreadableRun
from results.format import RUN_FILE
from results.older import declarations
from results.run_folder import RunFolder
from tests.synthetic_run import SyntheticRun, write_run

RUN = SyntheticRun(blocks=2, workloads=("survey", "keep-alive"), contenders=("node/net",))
OLDER = replace(RUN, older=True)


def test_a_run_of_schema_1_is_completed_and_says_so(tmp_path: Path) -> None:
    run = RunFolder.read(write_run(tmp_path, OLDER)).run
    assert (run["schema"], run["suite"], run["null_arm"]) == (1, None, {})
    assert [family["name"] for family in run["families"]] == ["ping"]
    assert run["workloads"][0]["job_limit_s"] == 120.0
    assert (run["machine"]["usable_cpus"], run["machine"]["cpu_quota"]) == (None, None)


def test_its_data_frames_are_those_of_the_same_run_today(tmp_path: Path) -> None:
    older, newer = write_run(tmp_path / "older", OLDER), write_run(tmp_path / "newer", RUN)
    assert reports.load(older).equals(reports.load(newer))
    assert reports.load_pings(older).equals(reports.load_pings(newer))


def test_a_family_that_schema_1_did_not_know_has_items_and_no_words() -> None:
    (family,) = declarations(["of-another-copy"])
    assert (family["item"], family["claim"], family["limits"]) == ("item", "", "")
    assert [figure["kind"] for figure in family["figures"]] == ["per-item"]


@pytest.mark.parametrize(
    "workloads", [None, 7, [7], [{}], [{"family": 7}], [{"name": [], "family": "ping"}]]
)
def test_nonsense_in_schema_1_is_refused_in_a_sentence(tmp_path: Path, workloads: object) -> None:
    file = write_run(tmp_path, OLDER) / RUN_FILE
    file.write_text(json.dumps(json.loads(file.read_text()) | {"workloads": workloads}))
    with pytest.raises(UnreadableRun, match="run.json: it, workloads"):
        RunFolder.read(tmp_path)
