"""Run folders from anywhere: every one that is no run is refused in a sentence."""

import json
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import reports
from results.errors import UnreadableRun
from results.format import INVOCATIONS_FILE, RUN_FILE, SOURCES_FOLDER
from results.run_folder import RunFolder
from tests.synthetic_run import HOSTILE, Break, SyntheticRun, write_run

RUN = SyntheticRun(
    blocks=2, workloads=("survey",), contenders=("csharp/socket", "node/net"), iterations=3
)
OLDER = replace(RUN, older=True)  # its lines hold pings
Edit = Callable[[dict[str, Any]], object]


def edited(folder: Path, edit: Edit, run: SyntheticRun = OLDER) -> Path:
    """A run whose second line was changed."""
    file = write_run(folder, run) / INVOCATIONS_FILE
    lines = [json.loads(line) for line in file.read_text().splitlines()]
    edit(lines[1])
    file.write_text("".join(f"{json.dumps(line)}\n" for line in lines))
    return folder


def set_in(*path: str | int, to: object) -> Edit:
    def edit(line: dict[str, Any]) -> None:
        place: Any = line
        for step in path[:-1]:
            place = place[step]
        place[path[-1]] = to

    return edit


PING = ("iterations", 1, "pings", 0, 0)


@pytest.mark.parametrize(
    ("edit", "reason"),
    [
        (set_in("block", to="0"), "block is '0', not an integer"),
        (set_in("block", to=True), "block is True, not an integer"),
        (set_in("block", to=7), "is not in the schedule"),
        (set_in("attempt", to=2), "is not in the schedule"),
        (set_in("workload", to="parallel"), "is not in the schedule"),
        (set_in("contender", to="a/b"), "is not in the schedule"),
        (set_in("broken", to=[{"rule": "W1"}]), "lacks the key 'seen'"),
        (set_in("extra", to=1), "unknown key 'extra'"),
        (lambda line: line.pop("cpu_ns"), "lacks the key 'cpu_ns'"),
        (lambda line: line.pop("iterations"), "lacks the key 'iterations'"),
        (set_in("startup_ns", to=2**63), "beyond 2^63"),
        (set_in("startup_ns", to=float("nan")), "holds NaN"),
        (set_in("startup_ns", to=float("inf")), "holds Infinity"),
        (set_in("pressure", to={"cpu": 1e300}), "beyond 2^63"),
        (set_in("iterations", to={}), "not a list of objects"),
        (set_in("iterations", 1, to=3), "not a list of objects"),
        (set_in("iterations", 1, "iteration", to=7), "not numbered"),
        (set_in("iterations", 1, "start_ns", to=-1), "ends before it starts"),
        (set_in("iterations", 1, "end_ns", to=0), "ends before it starts"),
        (set_in("iterations", 1, "end_ns", to=1e9), "not an integer"),
        (lambda line: line["iterations"][1].pop("start_ns"), "lacks the key 'start_ns'"),
        (set_in("iterations", 1, "pings", to=7), "pings is not a list"),
        (set_in("iterations", 1, "pings", 0, to=7), "a chain is not a list"),
        (set_in(*PING, to=[1, 2, 3]), "not a list of five"),
        (set_in(*PING, to="12345"), "not a list of five"),
        (set_in(*PING, 0, to="1"), "not an integer"),
        (set_in(*PING, 1, to=0.5), "neither an integer nor null"),
        (set_in(*PING, 2, to=10**400), "beyond 2^63"),
        (set_in(*PING, 3, to=0), "a ping ends before it starts"),
        (set_in(*PING, 4, to="ok"), "'ok' is no status"),
        (set_in(*PING, 4, to=-1), "-1 is no status"),
        (set_in(*PING, 4, to=None), "a status is neither"),
        (lambda line: line["origin"]["seen"].pop(), "11 times for 12 pings"),
        (set_in("origin", "sent", 0, to=0), "out of order"),
        (set_in("origin", "sent", 0, to=None), "not an integer"),
    ],
)
def test_a_line_that_is_no_invocation_is_refused(tmp_path: Path, edit: Edit, reason: str) -> None:
    with pytest.raises(UnreadableRun) as refusal:
        reports.load_pings(edited(tmp_path, edit))
    message = str(refusal.value)
    assert reason in message
    assert f"{INVOCATIONS_FILE}, line 2: " in message
    assert message.endswith("remove the line or measure again.")


def test_a_line_given_twice_is_refused(tmp_path: Path) -> None:
    file = write_run(tmp_path, RUN) / INVOCATIONS_FILE
    lines = file.read_text().splitlines()
    file.write_text("\n".join([*lines, lines[0]]) + "\n")
    with pytest.raises(UnreadableRun, match="repeats an earlier line"):
        reports.load(tmp_path)


@pytest.mark.parametrize(
    "text", ["", "[", "{}", "null", "[" * 100_000, "\x00", '{"a":', "7" * 5000]
)
def test_a_line_in_the_middle_that_is_no_json_object_is_refused(tmp_path: Path, text: str) -> None:
    file = write_run(tmp_path, RUN) / INVOCATIONS_FILE
    lines = file.read_text().splitlines()
    file.write_text("\n".join([lines[0], text, *lines[1:]]) + "\n")
    with pytest.raises(UnreadableRun, match="line 2: "):
        reports.load(tmp_path)


def test_a_torn_last_line_is_left_out_and_said(tmp_path: Path) -> None:
    whole = RunFolder.read(write_run(tmp_path / "whole", RUN))
    torn = RunFolder.read(
        write_run(
            tmp_path / "torn",
            SyntheticRun(
                blocks=2,
                workloads=("survey",),
                contenders=("csharp/socket", "node/net"),
                iterations=3,
                torn=True,
            ),
        )
    )
    assert (whole.torn, torn.torn) == (False, True)
    assert len(torn.invocations) == len(whole.invocations)


def test_records_that_are_lost_are_no_run(tmp_path: Path) -> None:
    (write_run(tmp_path, RUN) / INVOCATIONS_FILE).write_text("")
    with pytest.raises(UnreadableRun, match="is empty, though the run was complete"):
        RunFolder.read(tmp_path)
    begun = write_run(tmp_path / "begun", replace(RUN, measured=0))
    (begun / INVOCATIONS_FILE).write_text("")
    assert RunFolder.read(begun).invocations == ()


def test_an_invocation_that_broke_a_rule_may_hold_anything(tmp_path: Path) -> None:
    run = SyntheticRun(
        blocks=2,
        workloads=("survey",),
        contenders=("node/net",),
        breaks=(Break(contender="node/net", block=0),),
    )

    def spoil(line: dict[str, Any]) -> None:
        line["broken"] = [{"rule": "P2", "seen": "x"}]
        line["iterations"] = [{"iteration": "first", "pings": HOSTILE}]

    frame = reports.load(edited(tmp_path, spoil, run))
    assert frame.groupby("block")["valid"].any().to_dict() == {0: False, 1: True}


Plan = Callable[[dict[str, Any]], object]


@pytest.mark.parametrize(
    ("edit", "reason"),
    [
        (set_in("schema", to=3), "schema is 3"),
        (set_in("schema", to=1), "it has the key 'families', which schema 1 does not know"),
        (set_in("families", to=[]), "it does not declare the family 'ping'"),
        (lambda run: run["families"].append(run["families"][0]), "a family is listed twice"),
        (set_in("families", 0, "figures", to=[{"key": "x"}]), "figures, item 0 lacks the key"),
        (set_in("workloads", 0, "job_limit_s", to=0), "has no time for its job"),
        (
            set_in("workloads", 0, "lengths", to={"node/net": {"iterations": 2, "warmup": 2}}),
            "no measured iteration",
        ),
        (set_in("blocks", to=10**9), "blocks is 1000000000"),
        (set_in("blocks", to=3), "schedule has 2 of 3 blocks"),
        (set_in("m", to=-1), "m is negative"),
        (set_in("delta", to=0), "delta is not between"),
        (set_in("status", to="done"), "not one of complete, partial"),
        (set_in("sites", to=[["a", 1]]), "sites, item 0, item 1 is 1, not a text"),
        (set_in("contenders", 1, "id", to="csharp/socket"), "listed twice"),
        (set_in("workloads", 0, "warmup", to=3), "no measured iteration"),
        (set_in("schedule", 0, 0, "workload", to="x"), "unknown workload or contender"),
        (set_in("machine", to=[]), "machine is [], not an object"),
        (lambda run: run.pop("seed"), "lacks the key 'seed'"),
    ],
)
def test_a_plan_that_is_none_is_refused(tmp_path: Path, edit: Plan, reason: str) -> None:
    file = write_run(tmp_path, RUN) / RUN_FILE
    run = json.loads(file.read_text())
    edit(run)
    file.write_text(json.dumps(run))
    with pytest.raises(UnreadableRun) as refusal:
        reports.load(tmp_path)
    assert reason in str(refusal.value)
    assert RUN_FILE in str(refusal.value)


@pytest.mark.parametrize("name", [RUN_FILE, INVOCATIONS_FILE])
def test_a_missing_file_a_link_a_pipe_and_a_folder_are_refused(tmp_path: Path, name: str) -> None:
    file = write_run(tmp_path / "run", RUN) / name
    elsewhere = file.rename(tmp_path / "elsewhere")
    with pytest.raises(UnreadableRun, match="is missing"):
        reports.load(file.parent)
    file.symlink_to(elsewhere)
    with pytest.raises(UnreadableRun, match="cannot be read"):
        reports.load(file.parent)
    file.unlink()
    os.mkfifo(file)
    with pytest.raises(UnreadableRun, match="not a regular file"):
        reports.load(file.parent)
    file.unlink()
    file.mkdir()
    with pytest.raises(UnreadableRun):
        reports.load(file.parent)


def test_a_path_that_is_no_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableRun, match="is not a folder"):
        RunFolder.read(tmp_path / "nowhere")


def test_a_line_without_end_is_refused_before_it_fills_the_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("results.run_folder.LARGEST_LINE", 500)
    with pytest.raises(UnreadableRun, match="has a line over"):
        reports.load(write_run(tmp_path, RUN))


@pytest.mark.parametrize("name", ["../../run.json", "/etc/hostname", "link.txt", "gone.txt"])
def test_no_source_is_read_outside_the_run_s_own(tmp_path: Path, name: str) -> None:
    folder = RunFolder.read(write_run(tmp_path, RUN))
    (tmp_path / SOURCES_FOLDER / "node" / "link.txt").symlink_to(tmp_path / RUN_FILE)
    assert folder.source(folder.run["contenders"][1], name) is None


def test_a_source_behind_a_linked_folder_is_not_read(tmp_path: Path) -> None:
    folder = RunFolder.read(write_run(tmp_path / "run", RUN))
    runner = tmp_path / "run" / SOURCES_FOLDER / "node"
    runner.rename(tmp_path / "node")
    runner.symlink_to(tmp_path / "node")
    assert folder.source(folder.run["contenders"][1], "net.txt") is None


def test_a_source_that_ran_is_read(tmp_path: Path) -> None:
    folder = RunFolder.read(write_run(tmp_path, RUN))
    assert folder.source(folder.run["contenders"][1], "net.txt") == (
        "await ping()  // net <b>&amp;\n"
    )
