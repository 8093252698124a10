"""First, young and steady: which one decides, whose pace allows a verdict, and the null arm."""

from pathlib import Path
from typing import Any

import pytest

from reports.analysis.summary import Summary
from reports.analysis.twins import twin_rows
from reports.publish import analyse
from reports.words.openings import told_cells
from results.run_folder import RunFolder
from tests.synthetic_run import SyntheticRun, write_run

RAW = ("python/streams", "csharp/socket", "node/net")


def summary_of(folder: Path, run: SyntheticRun) -> Summary:
    return analyse(write_run(folder, run)).summary


def verdicts(summary: Summary) -> set[tuple[str, str | None, str | None]]:
    return {
        (row["metric"], row["quantity"], row["verdict"])
        for row in summary["comparisons"]
        if row["verdict"] is not None
    }


def run(**more: Any) -> SyntheticRun:
    settings: dict[str, Any] = {
        "blocks": 8,
        "iterations": 16,
        "young": 3,
        "workloads": ("sequential",),
        "contenders": RAW,
    }
    return SyntheticRun(**{**settings, **more})


def test_what_has_its_pace_is_compared_steady(tmp_path: Path) -> None:
    found = summary_of(tmp_path, run(measures="steady", flat=True))
    assert {(metric, quantity) for metric, quantity, _ in verdicts(found)} == {("real", "steady")}
    assert {row["pace"] for row in found["paces"]} == {"flat, not studied"}
    assert {row["why"] for row in found["paces"]} == {"no study"}


def test_what_is_still_warming_has_no_verdict_and_says_why(tmp_path: Path) -> None:
    found = summary_of(tmp_path, run(measures="steady", iterations=8, warmup=1))
    assert {row["pace"] for row in found["paces"]} == {"still warming"}
    assert verdicts(found) == {("real", "steady", "not steady")}
    assert all(
        "no verdict, because" in str(row["sentence"])
        for row in found["comparisons"]
        if row["verdict"]
    )


def test_only_workloads_in_which_somebody_was_unsteady_are_named(tmp_path: Path) -> None:
    analysis = analyse(write_run(tmp_path, run(workloads=("survey", "sequential"))))
    cells = [("sequential", "node/net")]
    assert told_cells(analysis, cells) == "sequential (Node net)"
    cells = [(workload, who) for workload in ("survey", "sequential") for who in RAW]
    assert told_cells(analysis, cells) == "every contender in every workload"


def test_a_workload_without_a_steady_pace_is_decided_by_its_young_processes(tmp_path: Path) -> None:
    found = summary_of(tmp_path, run(measures="young", iterations=4, warmup=1))
    assert {(metric, quantity) for metric, quantity, _ in verdicts(found)} == {("young", "young")}
    assert found["paces"] == []
    metrics = {row["metric"] for row in found["estimates"]}
    assert "real" not in metrics and {"young", "first"} <= metrics


def test_a_run_of_before_names_what_it_measured(tmp_path: Path) -> None:
    found = summary_of(tmp_path, run(young=None, iterations=6))
    assert {(m, q) for m, q, _ in verdicts(found)} == {("real", "as measured")}
    sentences = [str(row["sentence"]) for row in found["comparisons"] if row["verdict"]]
    assert all("(as measured, iterations 2 to 5, " in sentence for sentence in sentences)
    assert found["paces"] == []


@pytest.mark.parametrize("blocks", [6, 8])
def test_the_null_arm_has_a_row_of_its_own_and_none_elsewhere(tmp_path: Path, blocks: int) -> None:
    plain = summary_of(tmp_path / "a", run(measures="steady", flat=True, blocks=blocks))
    found = summary_of(
        tmp_path / "b", run(measures="steady", flat=True, blocks=blocks, null_arm="node/net")
    )
    (row,) = found["null_arm"]
    assert (row["workload"], row["contender"], row["blocks"]) == ("sequential", "node/net", blocks)
    assert row["ratio"] == pytest.approx(1, rel=0.05) and not row["alarm"]
    assert (row["low"] is None) is (blocks < 8)
    assert plain["null_arm"] == []
    assert len(found["estimates"]) == len(plain["estimates"])
    assert len(found["comparisons"]) == len(plain["comparisons"])
    assert len(found["paces"]) == len(plain["paces"])


@pytest.mark.parametrize(
    ("ratio", "low", "high", "verdict", "alarm"),
    [
        (1.08, 1.04, 1.12, "a faster", True),
        (0.92, 0.88, 0.96, "b faster", True),
        (1.05, 1.01, 1.09, "a faster", False),
        (1.08, 1.04, 1.12, "undecided", False),
        (1.08, None, None, "undecided", False),
    ],
)
def test_twins_raise_an_alarm_where_they_are_proven_apart_by_more_than_the_margin(
    tmp_path: Path, ratio: float, low: float | None, high: float | None, verdict: str, alarm: bool
) -> None:
    folder = write_run(tmp_path / "r", run(measures="steady", flat=True, contenders=RAW[1:]))
    plan = RunFolder.read(folder).run
    (compared,) = [row for row in analyse(folder).summary["comparisons"] if row["verdict"]]
    row, undecided = compared.copy(), compared.copy()
    row["ratio"], row["low"], row["high"], row["verdict"] = ratio, low, high, verdict
    undecided["verdict"] = None
    assert [*twin_rows(plan, [row])] == []
    plan["contenders"][1]["twin"] = plan["contenders"][0]["id"]
    (found,) = twin_rows(plan, [row, undecided])
    assert (found["ratio"], found["low"], found["high"], found["alarm"]) == (
        ratio,
        low,
        high,
        alarm,
    )
