"""Families without a network: what is read, which metrics they have, and their tables."""

import json
from pathlib import Path

import numpy as np
import pytest

import reports
from reports import Analysis
from reports.analysis.intervals import centre, plain_centre
from results.errors import UnreadableRun
from results.format import INVOCATIONS_FILE
from tests.reports.words.test_shown_tables import as_markdown, on_terminal
from tests.synthetic_work import WORKLOADS, WorkRun, write_work_run


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_work_run(tmp_path_factory.mktemp("work") / "run")


@pytest.fixture(scope="module")
def analysis(folder: Path) -> Analysis:
    return reports.analyse(folder)


def test_allocated_bytes_are_read_and_absent_where_nobody_said(folder: Path) -> None:
    frame = reports.load(folder)
    said = frame[frame["workload"] == "value-task-completed"].groupby("contender", observed=True)
    bytes_of = said["allocated_bytes"].first().to_dict()
    assert bytes_of["csharp/task"] == 72_000_000
    assert bytes_of["csharp/value-task"] == 0
    assert np.isnan(bytes_of["csharp/pooled-value-task"])
    assert frame.loc[frame["workload"] == "styles", "allocated_bytes"].isna().all()


def test_they_have_the_metrics_that_apply_and_no_others(analysis: Analysis) -> None:
    metrics: dict[str, set[str]] = {}
    for row in analysis.summary["estimates"]:
        metrics.setdefault(row["workload"], set()).add(row["metric"])
    assert metrics == {
        name: {"real", "typical", "first", "startup", "cpu", "memory"} for name in WORKLOADS
    }


def test_cpu_is_that_of_one_item(analysis: Analysis) -> None:
    frame = analysis.frames.invocations
    own = frame[(frame["workload"] == "styles") & (frame["contender"] == "node/then")]
    assert (own["items"] == 3 * 100_000).all()
    (row,) = [
        row
        for row in analysis.summary["estimates"]
        if (row["workload"], row["contender"], row["metric"]) == ("styles", "node/then", "cpu")
    ]
    due = centre(np.log((own["cpu_ns"] / 300_000).to_numpy(dtype=np.float64)))
    assert row["value"] == pytest.approx(due.value)


def test_only_who_takes_part_has_a_row_and_nobody_a_tier(analysis: Analysis) -> None:
    shown = as_markdown(analysis)
    table = shown[shown.index("| real time | blocking |") :].split("\n\n")[0].splitlines()
    assert [row.split("|")[1].strip() for row in table[2:]] == [
        *("C# on-pump", "C# task-run", "JavaScript on-loop", "JavaScript workers"),
        *("Python on-loop", "Python to-thread"),
    ]
    assert "tier" not in shown
    assert "| real time | timers-1 | timers-1k | timers-10k | await-completed |\n" in shown


@pytest.mark.parametrize("width", [120, 80, 50])
def test_sixteen_workloads_fit_a_terminal(analysis: Analysis, width: int) -> None:
    shown = on_terminal(analysis, width)
    assert max(map(len, shown.splitlines())) <= width
    assert all(name in shown for name in WORKLOADS)


def test_of_very_many_pairs_a_terminal_tells_those_with_the_best(tmp_path: Path) -> None:
    left_out = tuple(name for name in WORKLOADS if name != "styles")
    run = WorkRun(left_out=left_out, blocks=12)
    found = reports.analyse(write_work_run(tmp_path / "run", run))
    shown = on_terminal(found, 120)
    assert shown.count("as fast as") == 1 + 7  # the headline, and each with the best
    assert "(21 more pairs: see the report)" in shown
    assert as_markdown(found).count("as fast as") == 1 + 28


def test_figures_that_may_be_nought_have_plain_intervals() -> None:
    found = plain_centre(np.array([0.0, 0.0, 0.0, -1.0, 1.0, 0.0]))
    assert (found.value, found.blocks) == (0.0, 6)
    assert found.wide is not None
    assert (found.wide.low, found.wide.high) == (-1.0, 1.0)


@pytest.mark.parametrize("value", [-1, 1.5, True, "72", 2**70])
def test_allocated_bytes_that_are_none_are_refused(tmp_path: Path, value: object) -> None:
    left_out = tuple(name for name in WORKLOADS if name != "value-task-completed")
    folder = write_work_run(tmp_path / "run", WorkRun(left_out=left_out, blocks=6))
    file = folder / INVOCATIONS_FILE
    first, *others = file.read_text().splitlines()
    line = json.loads(first)
    line["iterations"][0]["allocated_bytes"] = value
    file.write_text("\n".join([json.dumps(line), *others]) + "\n")
    with pytest.raises(UnreadableRun, match="line 1"):
        reports.load(folder)
