"""What a run cannot show follows from the run."""

import json
from dataclasses import replace
from pathlib import Path

from reports import Analysis
from reports.analysis.amounts import Amount
from reports.analysis.null_arm import NullRow
from reports.publish import analyse
from reports.words.limits import limit_lines
from results.format import RUN_FILE
from tests.reports.page.runs import SURVEY, analysed
from tests.synthetic_run import SyntheticRun, write_run
from tests.synthetic_work import WORKLOADS, WorkRun, write_work_run


def told(analysis: Analysis) -> str:
    return "\n".join(limit_lines(analysis))


def test_the_smallest_difference_is_that_of_its_own_intervals(survey: Analysis) -> None:
    halves = sorted(
        (row["high"] / row["low"]) ** 0.5 - 1
        for row in survey.summary["comparisons"]
        if row["verdict"] is not None and row["low"] and row["high"]
    )
    assert f"the widest {100 * halves[-1]:.3g}"[:14] in told(survey)
    assert "with 9 blocks, half of the intervals" in told(survey)


def test_a_limit_is_told_only_where_it_is_one(tmp_path: Path) -> None:
    limited = told(analysed(tmp_path / "limited", replace(SURVEY, origin_busy=0.9)))
    free = told(analysed(tmp_path / "free", replace(SURVEY, blocks=6)))
    assert "the origin was busy" in limited and "the origin was busy" not in free
    live = told(analysed(tmp_path / "live", replace(SURVEY, live=True)))
    assert live.startswith("That the programs did the same work")
    assert "loopback" in free and "loopback" not in live


def test_too_few_blocks_cannot_show_who_is_faster(tmp_path: Path) -> None:
    assert told(analysed(tmp_path / "run", replace(SURVEY, blocks=6, measured=3))).startswith(
        "Who is faster: 3 blocks measured, and a verdict needs 6."
    )


def test_machine_and_cpus_are_those_of_the_plan(tmp_path: Path) -> None:
    folder = write_run(tmp_path / "run", replace(SURVEY, blocks=6))
    file = folder / RUN_FILE
    plan = json.loads(file.read_text())
    for virtual, programs in ((None, [0, 1]), ("kvm", [0])):
        plan["machine"]["virtualised"] = virtual
        plan["placement"]["programs"] = programs
        file.write_text(json.dumps(plan))
        lines = told(analyse(folder))
        assert ("virtual machine (kvm)" in lines) is (virtual is not None)
        assert ("ping programs had one CPU" in lines) is (len(programs) == 1)


def test_who_was_not_steady_is_named(tmp_path: Path) -> None:
    run = SyntheticRun(
        blocks=6, iterations=8, warmup=1, measures="steady", workloads=("sequential",)
    )
    assert "The settled pace of " in told(analysed(tmp_path / "run", run))


def test_an_alarm_of_the_null_arm_is_a_limit(survey: Analysis) -> None:
    summary = survey.summary.copy()
    row = NullRow(
        workload="survey", contender="node/http", ratio=0.8, low=0.7, high=0.9, blocks=9, alarm=True
    )
    summary["null_arm"] = [row]
    assert "Differences up to 1.25×" in told(replace(survey, summary=summary))
    assert "differed from itself" not in told(survey)


def test_what_takes_a_few_cycles_may_be_next_to_nothing(tmp_path: Path) -> None:
    left_out = tuple(name for name in WORKLOADS if name != "await-suspended")
    work = analyse(write_work_run(tmp_path / "run", WorkRun(left_out=left_out)))
    assert "What a compiler left" not in told(work)
    (standing,) = work.standings["await-suspended"]
    places = tuple(replace(place, time=Amount(100.0)) for place in standing.places)
    fast = {"await-suspended": (replace(standing, places=places),)}
    assert "under a nanosecond an item is a few cycles" in told(replace(work, standings=fast))
