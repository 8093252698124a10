"""Exports, read by the tools that they are for where these can be had, else as they document them."""

import csv
import io
import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from reports import Analysis
from reports.exports import exports
from reports.publish import analyse
from tests.steady_run import STEADY
from tests.synthetic_run import Break, SyntheticRun, write_run

RUN = replace(STEADY, null_arm="node/net")
NAMES = [
    f"{workload} {contender} (steady)" for workload in RUN.workloads for contender in RUN.contenders
]


@pytest.fixture(scope="module")
def analysis(tmp_path_factory: pytest.TempPathFactory) -> Analysis:
    return analyse(write_run(tmp_path_factory.mktemp("exported") / "run", RUN))


def text(analysis: Analysis, name: str) -> str:
    return "".join(exports()[name].parts(analysis))


def document(analysis: Analysis, name: str) -> Any:
    return json.loads(text(analysis, name))


def estimates(analysis: Analysis) -> Mapping[str, float]:
    return {
        f"{row['workload']} {row['contender']} (steady)": row["value"]
        for row in analysis.summary["estimates"]
        if row["metric"] == "real"
    }


def test_the_formats_are_those_that_the_command_promises() -> None:
    assert sorted(exports()) == [
        "csv", "custom-smaller-is-better", "hyperfine", "pyperf", "pytest-benchmark",
    ]  # fmt: skip


def test_csv_has_a_row_per_iteration_and_units_in_its_columns(analysis: Analysis) -> None:
    rows = [*csv.DictReader(io.StringIO(text(analysis, "csv")))]
    assert len(rows) == 8 * 16 * 2 * 3  # blocks, iterations, workloads, two and the null arm
    quantities = {name for name in rows[0] if name not in ("run", "workload", "contender")}
    assert {"real_ns", "start_ns", "startup_ns", "peak_rss_bytes"} <= quantities
    first = rows[0]
    assert int(first["real_ns"]) == int(first["end_ns"]) - int(first["start_ns"])
    assert (first["quantity"], first["valid"], first["measured"]) == ("steady", "true", "false")
    assert {row["contender"] for row in rows} == {"csharp/socket", "node/net", "node/net~2"}
    measured = [row for row in rows if row["measured"] == "true"]
    assert {row["iteration"] for row in measured} == {str(n) for n in range(4, 16)}


def test_a_cell_that_a_spreadsheet_would_compute_is_text(analysis: Analysis) -> None:
    changed = analysis.frames.iterations.assign(workload="=1+1")
    hostile = replace(analysis, frames=replace(analysis.frames, iterations=changed))
    rows = [*csv.DictReader(io.StringIO(text(hostile, "csv")))]
    assert {row["workload"] for row in rows} == {"'=1+1"}


def test_pytest_benchmark_compares_what_is_written(analysis: Analysis, tmp_path: Path) -> None:
    file = tmp_path / "0001_run.json"
    file.write_text(text(analysis, "pytest-benchmark"))
    script = "import sys; from pytest_benchmark.cli import main; sys.exit(main())"
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            script,
            "compare",
            str(file),
            "--columns",
            "median,rounds",
            "--csv=out",
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
    )
    assert done.stdout.count(" (steady)': 2 tests") == 2
    (written,) = tmp_path.glob("out*")
    rows = {row["name"]: row for row in csv.DictReader(written.read_text().splitlines())}
    assert sorted(rows) == sorted(NAMES)
    for name, value in estimates(analysis).items():
        assert float(rows[name]["median"]) == pytest.approx(value / 1e9, rel=0.2)
        assert rows[name]["rounds"] == "8"


def test_hyperfine_s_results_have_what_its_scripts_read(analysis: Analysis) -> None:
    results = document(analysis, "hyperfine")["results"]
    assert [result["command"] for result in results] == NAMES
    for result in results:
        assert len(result["times"]) == len(result["exit_codes"]) == 8
        assert result["min"] <= result["median"] <= result["max"]
        assert result["mean"] == pytest.approx(sum(result["times"]) / 8)
        assert result["stddev"] > 0 and result["parameters"]["quantity"] == "steady"


def test_smaller_is_better_has_the_estimates_themselves(analysis: Analysis) -> None:
    entries = document(analysis, "custom-smaller-is-better")
    assert {entry["name"]: entry["value"] for entry in entries} == estimates(analysis)
    for entry in entries:
        low, high = map(float, entry["range"].split(" to "))
        assert low <= entry["value"] <= high and entry["unit"] == "ns"


def test_pyperf_s_runs_are_processes_with_their_warm_ups(analysis: Analysis) -> None:
    suite = document(analysis, "pyperf")
    assert suite["version"] == "1.0" and suite["metadata"]["unit"] == "second"
    assert [benchmark["metadata"]["name"] for benchmark in suite["benchmarks"]] == NAMES
    for benchmark in suite["benchmarks"]:
        assert len(benchmark["runs"]) == 8
        for run in benchmark["runs"]:
            assert len(run["values"]) == 12 and min(run["values"]) > 0
            assert len(run["warmups"]) == 4 and {loops for loops, _ in run["warmups"]} == {1}


@pytest.mark.parametrize("name", sorted(exports()))
@pytest.mark.parametrize(
    "run",
    [
        replace(RUN, measured=3, null_arm=None),
        replace(RUN, measures="young", iterations=4, warmup=1, null_arm=None),
        replace(RUN, measures=None, young=None, null_arm=None),
        replace(RUN, older=True, measures=None, null_arm=None),
        replace(RUN, live=True, measures=None, null_arm=None),
        replace(RUN, breaks=(Break(contender="node/net", repeat_too=True),)),
        replace(RUN, hostile=True),
    ],
    ids=["partial", "young", "as measured", "older", "live", "invalid", "hostile"],
)
def test_any_readable_run_can_be_exported(tmp_path: Path, name: str, run: SyntheticRun) -> None:
    found = analyse(write_run(tmp_path / "run", run))
    said = text(found, name)
    if name == "csv":
        assert len({len(row) for row in csv.reader(io.StringIO(said))}) == 1
        return
    whole = json.dumps(json.loads(said))
    assert ("survey node/net" in whole) is not any(found.summary["invalid"])
    quantity = {"young": "(young)", "steady": "(steady)", None: "(as measured)"}[run.measures]
    assert quantity in whole
