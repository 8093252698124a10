"""A real run in all languages of this machine, from the command line to the page."""

import json
from itertools import combinations

import pytest

import reports
from runners.discovery import discover
from runners.toolchain import missing_executables
from tests.chromium import Chromium
from tests.end_to_end.conftest import RealRun

pytestmark = [pytest.mark.slow, pytest.mark.deadline(300)]


def available() -> set[str]:
    """The shipped ping contenders whose toolchain this machine has."""
    return {
        contender.id
        for manifest in discover().manifests
        if not missing_executables(manifest, {})
        for contender in manifest.contenders
        if not contender.optional and "ping" in contender.families
    }


def test_every_contender_that_can_run_took_part(real_run: RealRun) -> None:
    assert {row["id"] for row in real_run.plan["contenders"]} == available()
    assert real_run.plan["status"] == "complete"


def test_no_invocation_of_a_shipped_program_broke_a_rule(real_run: RealRun) -> None:
    broken = [(i["contender"], i["broken"]) for i in real_run.invocations if i["broken"]]
    # A shared machine may stall one ping; a repeat that breaks again is our program's fault.
    assert [pair for pair in broken if sum(p[0] == pair[0] for p in broken) > 1] == []


def test_every_block_holds_every_contender_once(real_run: RealRun) -> None:
    first = [i for i in real_run.invocations if i["attempt"] == 0]
    for block in range(real_run.plan["blocks"]):
        assert {i["contender"] for i in first if i["block"] == block} == available()
    assert len(first) == real_run.plan["blocks"] * len(available())


def test_each_ping_splits_into_the_origin_and_the_rest(real_run: RealRun) -> None:
    pings = reports.load_pings(real_run.folder)
    valid = pings[pings["valid"]]
    assert (valid["origin_ns"] >= 5_000_000).all()
    assert (valid["client_ns"] > 0).all()
    assert ((valid["client_ns"] + valid["origin_ns"]) == valid["duration_ns"]).all()


def test_summary_has_an_estimate_and_a_comparison_for_each(real_run: RealRun) -> None:
    summary = json.loads((real_run.folder / "summary.json").read_text())
    invalid = {row["contender"] for row in summary["invalid"]}
    young = {row["contender"] for row in summary["estimates"] if row["metric"] == "young"}
    assert young == available() - invalid
    pairs = [row for row in summary["comparisons"] if row["metric"] == "young"]
    assert len(pairs) == len(list(combinations(available(), 2)))


def test_nothing_in_a_run_names_a_path_of_this_machine(real_run: RealRun) -> None:
    for name in ("run.json", "invocations.jsonl", "summary.json", "summary.md", "report.html"):
        text = (real_run.folder / name).read_text()
        assert str(real_run.folder.parent) not in text
        assert str(discover().manifests[0].folder.parent) not in text


def test_the_command_prints_the_table_and_where_the_page_is(real_run: RealRun) -> None:
    for manifest in discover().manifests:
        for contender in manifest.contenders:
            if contender.id in available():
                assert contender.label.split()[-1] in real_run.printed
    assert "report.html" in real_run.printed


def test_the_page_opens_in_a_browser_without_errors(real_run: RealRun, chromium: Chromium) -> None:
    chromium.resize(1280, 900)
    chromium.open(real_run.folder / "report.html")
    assert chromium.console() == []
    text = chromium.evaluate("return document.body.innerText")
    for row in real_run.plan["contenders"]:
        assert row["label"] in text
