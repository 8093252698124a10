"""What is said before everything else: overrides, the null arm, cut warm-ups, paces, the machine."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from reports import Analysis
from reports.analysis.null_arm import NullRow
from reports.analysis.twins import TwinRow
from reports.publish import analyse
from reports.words import openings
from reports.words.notes import opening_lines
from reports.words.openings import trust_lines
from results.format import RUN_FILE
from tests.synthetic_run import SyntheticRun, write_run

STEADY = SyntheticRun(
    blocks=8,
    iterations=16,
    young=3,
    workloads=("sequential",),
    contenders=("csharp/socket", "node/net"),
    measures="steady",
    flat=True,
    null_arm="node/net",
)


def analysed(folder: Path, run: SyntheticRun = STEADY, **planned: Any) -> Analysis:
    """A run; `planned` replaces keys of run.json, and `studies` those of its workload."""
    file = write_run(folder, run) / RUN_FILE
    plan = json.loads(file.read_text())
    if "studies" in planned:
        plan["workloads"][0]["studies"] = planned.pop("studies")
    file.write_text(json.dumps(plan | planned))
    return analyse(folder)


def study(**changed: Any) -> dict[str, Any]:
    known = {"settled": True, "why": "studied", "warmup": 2, "pace_ns": 10**6, "cut": False}
    return known | changed


def test_what_a_person_gave_by_hand_is_said_before_everything(tmp_path: Path) -> None:
    found = analysed(tmp_path, override={"warmup": 1200, "measure": 30})
    assert opening_lines(found)[0] == (
        "A warm-up of 1,200 iterations and a window of 30 iterations given by hand, in place of what "
        "studies and this machine's pace ask for"
    )


def test_the_null_arm_comes_first_with_its_interval(tmp_path: Path) -> None:
    line = opening_lines(analysed(tmp_path))[0]
    assert line.startswith("Null arm, a contender against itself: sequential, Node net ")
    assert "98.75 % interval" in line


@pytest.mark.parametrize(
    ("smallest", "words"),
    [
        (0.06, "shows a difference of 6 % four times out of five"),
        (None, "shows no difference below a factor of two"),
    ],
)
def test_what_the_machine_is_known_to_show_follows_the_null_arm(
    tmp_path: Path, smallest: float | None, words: str
) -> None:
    shown = {"smallest": smallest, "calibrated": "2026-11-28"}
    line = opening_lines(analysed(tmp_path, shown=shown))[1]
    assert words in line and line.endswith("as calibrated on 2026-11-28")


def null_row(ratio: float, *, workload: str = "sequential", alarm: bool = False) -> NullRow:
    return NullRow(
        workload=workload,
        contender="node/net",
        ratio=ratio,
        low=1.01 if alarm else 0.99,
        high=1.09,
        blocks=8,
        alarm=alarm,
    )


@pytest.mark.parametrize("alarm", [False, True])
def test_only_a_null_arm_that_differs_is_an_alarm(tmp_path: Path, alarm: bool) -> None:
    found = analysed(tmp_path)
    found.summary["null_arm"] = [null_row(1.05, alarm=alarm)]
    assert trust_lines(found)[0].startswith("Alarm: in sequential Node net differs") is alarm


def test_of_many_null_arms_those_furthest_from_1_are_told(tmp_path: Path) -> None:
    found = analysed(tmp_path)
    found.summary["null_arm"] = [null_row(1 + n / 1000, workload=f"w{n}") for n in range(10)]
    line = trust_lines(found)[0]
    assert "w9" in line and "w6" in line and "w5" not in line
    assert line.endswith("6 more lie nearer to 1")


def twin_row(ratio: float, *, workload: str = "sequential", alarm: bool = False) -> TwinRow:
    return TwinRow(
        workload=workload,
        a="csharp/socket",
        b="node/net",
        ratio=ratio,
        low=1.04,
        high=1.1,
        alarm=alarm,
    )


def test_what_came_out_between_twins_is_told(tmp_path: Path) -> None:
    found = analysed(tmp_path)
    found.summary["twins"] = [twin_row(1.07, alarm=True), twin_row(1.01, workload="survey")]
    said = trust_lines(found)[1:]
    assert said[0].startswith(
        "Alarm: in sequential C# Socket and Node net, the same calls in two styles, are proven apart "
        "by more than the margin, 1.07× (95 % interval 1.04–1.10)"
    )
    assert said[1] == (
        "C# Socket and Node net, the same calls in two styles: survey 1.01× (95 % interval 1.04–1.10)"
    )


def test_twins_of_several_versions_share_a_line(tmp_path: Path) -> None:
    found = analysed(tmp_path)
    other = twin_row(1.02, workload="survey")
    other["a"], other["b"] = other["b"], other["a"]
    found.summary["twins"] = [twin_row(1.01), other]
    (said,) = [line for line in trust_lines(found) if "two styles" in line]
    assert said == (
        "The same calls in two styles: survey, Node net and C# Socket 1.02× (95 % interval 1.04–1.10); "
        "sequential, C# Socket and Node net 1.01× (95 % interval 1.04–1.10)"
    )


def test_of_many_that_count_alike_only_the_others_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(openings, "_MOST_NAMES", 0)
    found = analysed(tmp_path, replace(STEADY, null_arm=None))
    for record in found.folder.invocations:
        record.recorded["cpus"] = 1 + (record.recorded["contender"] == "node/net")
    (line,) = [line for line in trust_lines(found) if "one CPU" in line]
    assert line.endswith("2 CPUs: Node net; 1 CPU: the others")


@pytest.mark.parametrize(("cpus", "said"), [(None, []), (1, ["1 CPU: C# Socket, Node net"])])
def test_one_cpu_is_said_with_what_runtimes_believe(
    tmp_path: Path, cpus: int | None, said: list[str]
) -> None:
    found = analysed(tmp_path, replace(STEADY, null_arm=None))
    for record in found.folder.invocations:
        if cpus is not None:
            record.recorded["cpus"] = cpus
    told = [line for line in trust_lines(found) if "one CPU" in line]
    assert [line.split("have: ")[1] for line in told] == said


def test_a_warm_up_that_was_cut_says_whose_and_to_what(tmp_path: Path) -> None:
    studies = {"csharp/socket": study(), "node/net": study(cut=True, warmup=400)}
    said = " ".join(trust_lines(analysed(tmp_path, studies=studies)))
    assert "to 2 iterations, in sequential (Node net)" in said


def test_who_has_no_study_is_flat_at_most(tmp_path: Path) -> None:
    said = trust_lines(analysed(tmp_path, studies={"csharp/socket": study()}))
    (line,) = [line for line in said if line.startswith("Flat")]
    assert line.endswith(": sequential (Node net)")


def test_a_drift_that_all_share_names_the_machine(tmp_path: Path) -> None:
    run = replace(STEADY, flat=False, iterations=8, warmup=1, null_arm=None)
    said = trust_lines(analysed(tmp_path, run))
    assert said[0].startswith("Every contender became faster while it was measured in sequential")
    assert said[1].endswith("and so without a verdict: sequential (every contender)")


def test_a_run_of_before_says_nothing_of_paces(tmp_path: Path) -> None:
    run = replace(STEADY, measures=None, null_arm=None)
    assert trust_lines(analysed(tmp_path, run)) == []


def test_before_six_blocks_no_pace_is_told(tmp_path: Path) -> None:
    run = replace(STEADY, measured=3, null_arm=None)
    assert trust_lines(analysed(tmp_path, run)) == []
