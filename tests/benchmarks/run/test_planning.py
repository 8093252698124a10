"""From a selection to run.json: complete before anything is measured, and silent on paths."""

import json
from copy import deepcopy
from pathlib import Path

import pytest

from benchmarks.families import FAMILIES, Workload, matching
from benchmarks.ping.params import PingParams
from benchmarks.run.planning import disk_bytes, invocations, make_plan, seconds
from benchmarks.run.selection import Selection, select
from results.format import Length, Placement, RunFile, length_of
from runners.discovery import discover
from tests.fixtures import Folders


@pytest.fixture
def selection(folders: Folders) -> Selection:
    for name, tier in (("one", "raw"), ("two", "raw"), ("three", "client")):
        command = ["{python}", f"--x={folders.parent}/secret/s", f"{folders.parent}/secret/x.py"]
        folders.make(
            name,
            runner={"language": f"L {folders.parent}/secret/z", "version": ["echo", "1 /a/b/c"]},
            contender={"tier": tier, "command": command, "environment": {"P": str(folders.parent)}},
        )
    folders.make("broken", contender={"sources": [f"{folders.parent}/secret/y"]})
    found = discover((), folders.parent)
    return select(found, profile="default", workload_names=(), contender_names=(), substitutions={})


def plan_of(selection: Selection, **changes: list[list[str]]) -> RunFile:
    cpus = Placement(mode="split", harness=[1], programs=[0])
    return make_plan(
        selection, profile="quick", blocks=6, seed=1, placement=cpus,
        sites=changes.get("sites"), command="run",
    )  # fmt: skip


def test_a_plan_holds_all_that_is_fixed_before_measuring(selection: Selection) -> None:
    plan = plan_of(selection)
    assert (plan["status"], plan["mode"], plan["blocks"]) == ("partial", "origin", 6)
    assert plan["m"] == len(plan["workloads"])  # one pair within a tier, in each
    assert invocations(plan["schedule"]) == 6 * len(plan["workloads"]) * 3
    assert [c["id"] for c in plan["contenders"]] == ["one/ping", "three/ping", "two/ping"]
    assert {c["hash"] for c in plan["contenders"]} == {e.runner.hash for e in selection.entries}
    assert json.loads(json.dumps(plan)) == plan
    for workload, planned in zip(matching(["ping"]), plan["workloads"], strict=True):
        assert planned["params"] == workload.params
        assert planned["job_limit_s"] == workload.job_limit_s
        assert length_of(planned, "one/ping") == workload.youth


def test_no_path_of_this_machine_is_in_a_plan(selection: Selection, tmp_path: Path) -> None:
    text = json.dumps(plan_of(selection))
    assert str(tmp_path) not in text
    assert "secret" not in text
    assert "/a/b" not in text


def test_a_live_plan_has_no_comparisons(selection: Selection) -> None:
    plan = plan_of(selection, sites=[["a"], ["b"]])
    assert (plan["mode"], plan["m"], plan["sites"]) == ("live", 0, [["a"], ["b"]])
    assert invocations(plan["schedule"]) == 6 * 3
    assert seconds(plan) >= 6 * 3  # at least a second between two pings of a site


def test_the_estimates_grow_with_the_blocks(selection: Selection) -> None:
    plan = plan_of(selection)
    double = plan_of(selection)
    double["schedule"] = [*plan["schedule"], *plan["schedule"]]
    assert seconds(double) == pytest.approx(2 * seconds(plan))
    assert disk_bytes(double) > disk_bytes(plan) > 0


def test_a_long_life_of_one_contender_takes_no_room_for_the_others(selection: Selection) -> None:
    plan = plan_of(selection)
    longest = plan["workloads"][0]
    assert FAMILIES[longest["family"]].proof.network
    usual = Length(iterations=longest["iterations"], warmup=longest["warmup"])
    others = [c["id"] for c in plan["contenders"]][1:]
    longer = deepcopy(plan)
    longer["workloads"][0]["iterations"] *= 100
    everybody = disk_bytes(longer)
    longer["workloads"][0]["lengths"] = dict.fromkeys(others, usual)
    assert disk_bytes(plan) < disk_bytes(longer) < everybody


def test_two_plans_never_share_an_id(selection: Selection) -> None:
    assert len({plan_of(selection)["id"] for _ in range(5)}) == 5


@pytest.mark.parametrize("workload", FAMILIES["ping"].workloads, ids=lambda w: str(w.name))
def test_a_task_has_the_pings_of_its_workload(workload: Workload) -> None:
    params = PingParams.of(workload.params)
    task = params.task(3)
    assert (task.iterations, len(task.chains)) == (3, params.chains)
    assert task.pings == FAMILIES["ping"].items(workload)
    sites = [site for chain in task.chains for site in set(chain)]
    assert sorted(sites) == list(range(len(task.sites)))  # no site belongs to two chains
    assert task.connection is params.connection


def test_contenders_that_share_a_label_are_told_apart_by_their_ids(folders: Folders) -> None:
    for name, label in (("one", "Fast"), ("two", "Fast  "), ("three", "Faster")):
        folders.make(name, contender={"label": label})
    found = discover((), folders.parent)
    picked = select(
        found, profile="default", workload_names=(), contender_names=(), substitutions={}
    )
    labels = {c["id"]: " ".join(c["label"].split()) for c in plan_of(picked)["contenders"]}
    assert labels == {
        "one/ping": "Fast (one/ping)",
        "two/ping": "Fast (two/ping)",
        "three/ping": "Faster",
    }
