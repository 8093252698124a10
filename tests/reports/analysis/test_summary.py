"""summary.json of whole runs."""

import json
from pathlib import Path

import jsonschema
import numpy as np
import pytest

from reports.analysis.frames import frames_of, pings_of
from reports.analysis.summary import Summary, summarise
from reports.analysis.verdict_rows import ComparisonRow
from reports.words import sentences
from results.format import INVOCATIONS_FILE
from results.run_folder import RunFolder
from tests.synthetic_run import Break, SyntheticRun, write_run

SCHEMA = json.loads(Path(__file__).with_name("summary_schema.json").read_text())
SMALL = ("survey", "sequential")
RAW = ("python/streams", "csharp/socket", "node/net")


def summarised(folder: RunFolder) -> Summary:
    return summarise(folder, frames_of(folder), sentences)


def summary_of(folder: Path, run: SyntheticRun) -> Summary:
    summary = summarised(RunFolder.read(write_run(folder, run)))
    jsonschema.validate(json.loads(json.dumps(summary, allow_nan=False)), SCHEMA)
    return summary


def real(summary: Summary, workload: str, a: str, b: str) -> ComparisonRow:
    (row,) = [
        row
        for row in summary["comparisons"]
        if (row["workload"], row["metric"], row["a"], row["b"]) == (workload, "real", a, b)
    ]
    return row


@pytest.fixture(scope="module")
def summary(tmp_path_factory: pytest.TempPathFactory) -> Summary:
    """A complete run of all seven contenders in two workloads."""
    return summary_of(tmp_path_factory.mktemp("run"), SyntheticRun(workloads=SMALL))


def test_every_contender_has_every_metric_of_block_values_and_p50(summary: Summary) -> None:
    metrics = [
        "real",
        "typical",
        "sum",
        "concurrency",
        "first",
        "startup",
        "cpu",
        "client",
        "memory",
        "p50",
    ]
    own = [
        (row["workload"], row["metric"])
        for row in summary["estimates"]
        if row["contender"] == "node/http"
    ]
    # 15 blocks · 4 measured iterations · 32 pings are enough for p99, 4 pings are not.
    expected = [("survey", metric) for metric in metrics]
    expected += [("sequential", metric) for metric in [*metrics, "p99"]]
    assert own == expected


def test_units_are_ns_bytes_and_one(summary: Summary) -> None:
    units = {row["metric"]: row["unit"] for row in summary["estimates"]}
    assert units == {
        **dict.fromkeys(["real", "typical", "sum", "first", "startup", "cpu", "client"], "ns"),
        **dict.fromkeys(["p50", "p99"], "ns"),
        "concurrency": "1",
        "memory": "bytes",
    }


def test_estimates_are_those_that_were_planted(summary: Summary) -> None:
    value = {
        (row["workload"], row["contender"], row["metric"]): row["value"]
        for row in summary["estimates"]
    }
    # Two chains of two sites with 5 ms each, at once.
    assert value["survey", "csharp/socket", "real"] == pytest.approx(10.2e6, rel=0.02)
    assert value["survey", "csharp/socket", "sum"] == pytest.approx(20.4e6, rel=0.02)
    assert value["survey", "csharp/socket", "concurrency"] == pytest.approx(2, rel=0.02)
    assert value["survey", "csharp/socket", "memory"] == pytest.approx(30 * 2**20, rel=0.02)
    # The origin took 3 µs of each ping.
    client = value["sequential", "node/net", "client"]
    assert client == pytest.approx(value["sequential", "node/net", "sum"] / 32 - 3000, rel=1e-3)


def test_the_ratio_is_the_time_of_b_over_that_of_a(summary: Summary) -> None:
    row = real(summary, "sequential", "python/streams", "csharp/socket")
    assert row["ratio"] == pytest.approx(74 / 194, rel=0.05)  # 4 µs are not theirs
    assert row["verdict"] == "b faster"
    assert str(row["sentence"]).startswith("C# Socket is 2.")


def test_two_of_the_same_speed_are_not_told_apart(summary: Summary) -> None:
    row = real(summary, "sequential", "node/http", "node/promise-chain")
    assert row["verdict"] in ("equivalent", "undecided")
    assert row["p_adjusted"] is not None and row["p_adjusted"] > 0.9


def test_pairs_across_tiers_and_other_metrics_have_intervals_and_no_verdict(
    summary: Summary,
) -> None:
    bare = [row for row in summary["comparisons"] if row["verdict"] is None]
    across = real(summary, "survey", "python/streams", "node/http")
    assert across in bare
    assert len(bare) == len(summary["comparisons"]) - 18
    assert all(row["low"] is not None and row["low90"] is not None for row in bare)
    assert {(row["p"], row["p_adjusted"], row["sentence"]) for row in bare} == {(None, None, None)}


def test_all_pairs_are_compared_in_all_metrics_that_are_a_cost(summary: Summary) -> None:
    metrics = {"real", "typical", "sum", "first", "startup", "cpu", "client", "memory", "p50"}
    assert {row["metric"] for row in summary["comparisons"]} == metrics
    assert len(summary["comparisons"]) == 2 * 21 * len(metrics)


def test_the_smallest_corrected_p_depends_on_the_blocks_alone(summary: Summary) -> None:
    rows = [row for row in summary["comparisons"] if row["p"] is not None]
    assert min(row["p_adjusted"] or 1 for row in rows) == 2.0**-14


def test_nothing_depends_on_when_it_is_analysed(tmp_path: Path) -> None:
    folder = RunFolder.read(write_run(tmp_path, SyntheticRun(workloads=SMALL, contenders=RAW)))
    assert summarised(folder) == summarised(folder)


def test_an_invalid_contender_has_no_estimate_and_its_pairs_say_why(tmp_path: Path) -> None:
    broken = Break(contender="node/net", block=2, rule="W3", seen="3 of 4", repeat_too=True)
    run = SyntheticRun(workloads=SMALL, contenders=RAW, breaks=(broken,))
    found = summary_of(tmp_path, run)
    assert found["invalid"] == [
        {"workload": "survey", "contender": "node/net", "rule": "W3", "seen": "3 of 4"}
    ]
    cells = {(row["workload"], row["contender"]) for row in found["estimates"]}
    assert ("survey", "node/net") not in cells
    assert ("sequential", "node/net") in cells
    row = real(found, "survey", "csharp/socket", "node/net")
    assert (row["ratio"], row["p"], row["verdict"]) == (None, None, "invalid")
    assert row["sentence"] == "C# Socket and Node net are not compared, because Node net broke W3"
    # The two pairs without a p make the others no better.
    other = real(found, "survey", "python/streams", "csharp/socket")
    assert other["p_adjusted"] == 2.0**-14


def test_one_broken_invocation_is_replaced_by_its_repeat(tmp_path: Path) -> None:
    run = SyntheticRun(
        workloads=("survey",), contenders=RAW, breaks=(Break(contender="node/net", block=2),)
    )
    found = summary_of(tmp_path, run)
    assert found["invalid"] == []
    assert {row["blocks"] for row in found["estimates"]} == {15}


def test_superseded_lines_move_nothing(tmp_path: Path) -> None:
    run = SyntheticRun(workloads=("survey",), contenders=RAW)
    with_lines = SyntheticRun(workloads=("survey",), contenders=RAW, superseded=3)
    assert summary_of(tmp_path / "a", run) == summary_of(tmp_path / "b", with_lines)


def test_what_a_superseded_line_broke_does_not_count(tmp_path: Path) -> None:
    run = SyntheticRun(
        workloads=("survey",),
        contenders=("node/net",),
        breaks=(Break(contender="node/net", block=3),),
        superseded=1,
    )
    file = write_run(tmp_path, run) / INVOCATIONS_FILE
    first, *others = file.read_text().splitlines()
    spoilt = {**json.loads(first), "broken": [{"rule": "W1", "seen": "a header too many"}]}
    file.write_text("\n".join([json.dumps(spoilt), *others]) + "\n")
    assert summarised(RunFolder.read(tmp_path))["invalid"] == []


def test_tails_are_those_of_measured_pings_of_invocations_that_count(tmp_path: Path) -> None:
    run = SyntheticRun(
        workloads=("sequential",),
        contenders=("node/net",),
        breaks=(Break(workload="sequential", contender="node/net", block=3),),
    )
    folder = RunFolder.read(write_run(tmp_path, run))
    pings = pings_of(folder)
    counted = pings.loc[pings["valid"] & pings["measured"], "duration_ns"]
    assert 0 < len(counted) < len(pings)
    values = {row["metric"]: row["value"] for row in summarised(folder)["estimates"]}
    for metric, share in (("p50", 0.5), ("p99", 0.99)):
        assert values[metric] == np.quantile(counted, share, method="inverted_cdf")


def test_six_blocks_can_decide_whatever_the_number_of_comparisons(tmp_path: Path) -> None:
    found = summary_of(tmp_path, SyntheticRun(blocks=6, workloads=SMALL))
    row = real(found, "sequential", "python/streams", "csharp/socket")
    assert (row["p_adjusted"], row["verdict"]) == (2.0**-5, "b faster")


def test_a_run_that_was_cut_off_has_intervals_and_no_verdict(tmp_path: Path) -> None:
    found = summary_of(tmp_path, SyntheticRun(measured=7, workloads=SMALL, contenders=RAW))
    row = real(found, "sequential", "python/streams", "csharp/socket")
    assert row["low"] is not None and row["verdict"] == "undecided"
    assert "no verdict before the last block" in str(row["sentence"])


def test_a_run_cut_off_before_six_blocks_has_values_and_no_interval(tmp_path: Path) -> None:
    found = summary_of(
        tmp_path, SyntheticRun(blocks=15, measured=3, workloads=("survey",), contenders=RAW)
    )
    assert found["invalid"] == []
    row = real(found, "survey", "python/streams", "csharp/socket")
    assert row["ratio"] is not None
    assert (row["low"], row["p"], row["verdict"]) == (None, None, "undecided")
    assert "only 3 of 15 blocks were measured" in str(row["sentence"])
    assert {(r["low"], r["blocks"]) for r in found["estimates"]} == {(None, 3)}


def test_a_run_cut_off_before_its_first_line_is_summarised(tmp_path: Path) -> None:
    found = summary_of(tmp_path, SyntheticRun(measured=0, workloads=("survey",), contenders=RAW))
    assert found["estimates"] == []
    assert {row["verdict"] for row in found["comparisons"]} == {"undecided"}


def test_a_single_contender_has_estimates_and_no_comparisons(tmp_path: Path) -> None:
    found = summary_of(tmp_path, SyntheticRun(workloads=("survey",), contenders=RAW[:1]))
    assert found["comparisons"] == []
    assert len(found["estimates"]) == 10


def test_a_live_run_has_estimates_and_no_comparisons(tmp_path: Path) -> None:
    found = summary_of(tmp_path, SyntheticRun(workloads=("survey",), contenders=RAW, live=True))
    assert found["comparisons"] == []
    assert "client" not in {row["metric"] for row in found["estimates"]}


def test_hostile_labels_lose_their_control_characters(tmp_path: Path) -> None:
    run = SyntheticRun(workloads=("survey",), contenders=RAW, hostile=True)
    told = json.dumps(summary_of(tmp_path, run), ensure_ascii=False)
    assert not set(told) & set("\x1b\u202e\x07\u2028")
    assert "<script>" in told


def test_a_run_of_steady_processes_fits_the_schema_too(tmp_path: Path) -> None:
    run = SyntheticRun(
        workloads=("sequential",),
        contenders=RAW,
        blocks=8,
        iterations=16,
        young=3,
        measures="steady",
        flat=True,
        null_arm="node/net",
    )
    found = summary_of(tmp_path, run)
    assert found["paces"] and found["null_arm"] and len(found["break_even"]) == 3
