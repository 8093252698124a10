"""Two sessions side by side: what they share, what differs around them, and no verdict."""

import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from reports import Analysis
from reports.analysis.sessions import Difference, beside, differences
from reports.publish import analyse
from reports.sessions import render
from results.errors import UsageError
from results.format import RUN_FILE
from tests.steady_run import STEADY
from tests.synthetic_run import SyntheticRun, write_run

RUN = STEADY


def analysed(folder: Path, run: SyntheticRun = RUN, **changed: Any) -> Analysis:
    file = write_run(folder, run) / RUN_FILE
    file.write_text(json.dumps(json.loads(file.read_text()) | changed))
    return analyse(folder)


def shown(then: Analysis, now: Analysis) -> str:
    console = Console(width=200, record=True, file=io.StringIO())
    console.print(render(then, now))
    return console.export_text()


def test_a_run_beside_itself_differs_in_nothing(tmp_path: Path) -> None:
    then = analysed(tmp_path / "a")
    rows = [*beside(then, then)]
    assert len(rows) == 4 and {row.ratio for row in rows} == {1.0}
    assert [*differences(then.run, then.run)] == []
    assert "no verdicts" in shown(then, then)


def test_each_ratio_is_that_of_the_estimates(tmp_path: Path) -> None:
    then, now = analysed(tmp_path / "a"), analysed(tmp_path / "b", replace(RUN, seed=2))
    for row in beside(then, now):
        was, is_now = (a.estimate(row.workload, row.contender, "real") for a in (then, now))
        assert was is not None and is_now is not None
        assert row.ratio == is_now.value / was.value and row.quantities == ("steady", "steady")


def test_a_quick_run_is_compared_in_what_both_have(tmp_path: Path) -> None:
    young = replace(RUN, measures="young", iterations=4, warmup=1)
    rows = [*beside(analysed(tmp_path / "a", young), analysed(tmp_path / "b"))]
    assert {row.quantities for row in rows} == {("young", "young")}


def test_a_run_of_before_keeps_its_word(tmp_path: Path) -> None:
    older = replace(RUN, measures=None, older=True)
    then, now = analysed(tmp_path / "a", older), analysed(tmp_path / "b")
    assert {row.quantities for row in beside(then, now)} == {("as measured", "steady")}
    assert "as measured / steady" in shown(then, now)


def test_what_differs_around_them_is_said_first(tmp_path: Path) -> None:
    then = analysed(tmp_path / "a")
    machine = then.run["machine"] | {"cpu": "Another CPU"}
    now = analysed(tmp_path / "b", machine=machine, profile="publication")
    found = [*differences(then.run, now.run)]
    assert Difference(what="cpu", then="Example CPU @ 2.00GHz", now="Another CPU") in found
    assert Difference(what="profile", then="default", now="publication") in found
    said = shown(then, now)
    assert said.index("Another CPU") < said.index("2 over 1")


def test_runs_that_share_nothing_are_refused(tmp_path: Path) -> None:
    then = analysed(tmp_path / "a", replace(RUN, workloads=("survey",)))
    now = analysed(tmp_path / "b", replace(RUN, workloads=("sequential",)))
    with pytest.raises(UsageError, match="have no contender in common"):
        render(then, now)


def test_a_workload_of_other_parameters_is_left_out_and_named(tmp_path: Path) -> None:
    then = analysed(tmp_path / "a")
    workloads = json.loads(json.dumps(then.run["workloads"]))
    workloads[0]["params"]["delay_ns"] = 1
    now = analysed(tmp_path / "b", workloads=workloads)
    assert {row.workload for row in beside(then, now)} == {"sequential"}
    assert any("parameters of survey" in each.what for each in differences(then.run, now.run))


def test_a_run_that_was_cut_off_says_so(tmp_path: Path) -> None:
    then, now = analysed(tmp_path / "a", replace(RUN, measured=7)), analysed(tmp_path / "b")
    assert "partial, 7 of them are in it" in shown(then, now)
