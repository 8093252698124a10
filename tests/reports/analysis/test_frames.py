"""load and load_pings."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import reports
from reports.analysis.frames import frames_of
from results.format import INVOCATIONS_FILE
from results.invocation import InvocationRecord
from results.records import Pings
from results.run_folder import RunFolder
from tests.synthetic_run import Break, SyntheticRun, write_run

RUN = SyntheticRun(
    blocks=6,
    workloads=("survey", "keep-alive"),
    contenders=("csharp/socket", "node/net"),
    iterations=3,
    warmup=1,
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_run(tmp_path_factory.mktemp("run"), RUN)


def test_a_row_is_an_iteration(folder: Path) -> None:
    frame = reports.load(folder)
    assert list(frame.columns) == [
        *("block", "position", "attempt", "workload", "contender", "valid"),
        *("iteration", "measured", "young", "start_ns", "end_ns", "real_ns", "sum_ns", "bound_ns"),
        *("allocated_bytes", "startup_ns", "cpu_ns", "peak_rss_bytes"),
    ]
    assert len(frame) == 6 * 2 * 2 * 3
    assert frame["allocated_bytes"].isna().all()
    assert frame["measured"].tolist() == [False, True, True] * 24
    assert frame["valid"].all()
    assert (frame["real_ns"] == frame["end_ns"] - frame["start_ns"]).all()


def test_a_row_is_a_ping_with_its_times_since_the_iteration_s_start(tmp_path: Path) -> None:
    folder = write_run(tmp_path, SyntheticRun(blocks=1, iterations=3, older=True))
    frame = reports.load_pings(folder)
    line = json.loads((folder / INVOCATIONS_FILE).read_text().splitlines()[0])
    record, origin = line["iterations"][1], line["origin"]
    chains = record["pings"]
    own = frame[(frame["block"] == 0) & (frame["position"] == 0) & (frame["iteration"] == 1)]
    own = own[own["workload"] == line["workload"]]
    flat = [ping for chain in chains for ping in chain]
    assert own["start_ns"].tolist() == [ping[0] for ping in flat]
    assert own["end_ns"].tolist() == [ping[3] for ping in flat]
    assert own["status"].tolist() == ["200"] * len(flat)
    assert own["chain"].tolist() == [c for c, chain in enumerate(chains) for _ in chain]
    assert own["ping"].tolist() == [p for chain in chains for p, _ in enumerate(chain)]
    seen = origin["seen"][len(flat) : 2 * len(flat)]
    assert (own["seen_ns"] + record["start_ns"]).tolist() == seen
    assert (own["origin_ns"] + own["client_ns"]).tolist() == own["duration_ns"].tolist()


def test_pings_sum_up_to_their_iteration_and_the_origin_s_bound_lies_within(folder: Path) -> None:
    keys = ["workload", "contender", "block", "iteration"]
    frame = reports.load(folder).set_index(keys)
    pings = reports.load_pings(folder).groupby(keys, observed=True)
    assert (pings["duration_ns"].sum().reindex(frame.index) == frame["sum_ns"]).all()
    last, opened = pings["sent_ns"].max(), pings["seen_ns"].min()
    assert (frame["bound_ns"] >= (last - opened).reindex(frame.index)).all()
    assert (frame["bound_ns"] < frame["real_ns"]).all()


def test_a_reused_connection_is_told_from_a_new_one(folder: Path) -> None:
    pings = reports.load_pings(folder)
    warm = pings[pings["workload"] == "keep-alive"]
    opening = (warm["iteration"] == 0) & (warm["ping"] == 0)
    assert (warm["reused"] == ~opening).all()
    assert (warm["connect_ns"].isna() == warm["reused"]).all()
    assert not pings.loc[pings["workload"] == "survey", "reused"].any()


def test_only_what_broke_nothing_counts_and_superseded_lines_are_absent(tmp_path: Path) -> None:
    run = SyntheticRun(
        blocks=6,
        workloads=("survey",),
        contenders=("csharp/socket", "node/net"),
        breaks=(Break(contender="node/net", block=1),),
        superseded=2,
    )
    frame = reports.load(write_run(tmp_path, run))
    block = frame[(frame["block"] == 1) & (frame["contender"] == "node/net")]
    assert block.groupby("attempt")["valid"].all().to_dict() == {0: False, 1: True}
    assert frame.groupby(["block", "contender"], observed=True)["valid"].sum().unique() == [6]


def test_a_live_run_has_no_origin(tmp_path: Path) -> None:
    folder = write_run(tmp_path, SyntheticRun(blocks=1, workloads=("survey",), live=True))
    pings, iterations = reports.load_pings(folder), reports.load(folder)
    assert pings[["accepted_ns", "seen_ns", "sent_ns", "client_ns"]].isna().all().all()
    assert not pings["reused"].any()
    assert iterations["bound_ns"].isna().all()
    assert iterations["sum_ns"].notna().all()


def test_an_analysis_reads_the_pings_of_each_invocation_once(folder: Path) -> None:
    read: list[int] = []

    def counted(place: int, record: InvocationRecord) -> InvocationRecord:
        def load() -> Pings:
            read.append(place)
            return record.load()

        return replace(record, load=load)

    run = RunFolder.read(folder)
    watched = tuple(counted(place, record) for place, record in enumerate(run.invocations))
    frames = frames_of(replace(run, invocations=watched))
    assert sorted(read) == list(range(len(watched)))
    assert frames.iterations.equals(reports.load(folder))


def test_a_run_without_lines_gives_empty_frames(tmp_path: Path) -> None:
    folder = write_run(tmp_path, SyntheticRun(measured=0))
    for frame in (reports.load(folder), reports.load_pings(folder)):
        assert frame.empty
        assert frame["real_ns" if "real_ns" in frame else "duration_ns"].dtype == np.int64


def test_a_family_without_pings_has_iterations_only(tmp_path: Path) -> None:
    folder = write_run(tmp_path, SyntheticRun(blocks=1, workloads=("survey",), older=True))
    file = folder / INVOCATIONS_FILE
    lines = [json.loads(line) for line in file.read_text().splitlines()]
    for line in lines:
        line["origin"] = None
        for record in line["iterations"]:
            record["checksum"] = record.pop("pings") and 1
    file.write_text("".join(f"{json.dumps(line)}\n" for line in lines))
    assert reports.load(folder)["sum_ns"].isna().all()
    assert reports.load_pings(folder).empty
