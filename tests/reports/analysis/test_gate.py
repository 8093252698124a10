"""The gate: only what is proven slower by more than the margin ends with status 1."""

from dataclasses import replace
from pathlib import Path

import pytest

from reports.analysis.gate import gated
from reports.analysis.steadiness import Pace
from reports.publish import analyse
from reports.words import gate as words
from tests.steady_run import STEADY
from tests.synthetic_run import Break, write_run

RUN = replace(
    STEADY,
    workloads=("survey", "sequential", "keep-alive"),
    contenders=("node/http", "node/promise-chain", "python/httpx"),
)
LABELS = ("old", "new")


def test_the_same_program_twice_passes_and_says_what_would_have_been_seen(tmp_path: Path) -> None:
    analysis = analyse(write_run(tmp_path / "run", RUN))
    rows = [*gated(analysis, "node/http", "node/promise-chain", 0.05)]
    assert [row.workload for row in rows] == [*RUN.workloads]
    for row in rows:
        assert not row.regressed and row.centre is not None and row.centre.wide is not None
        assert row.visible is not None and 1.05 < row.visible < 1.2
        assert "a slowdown of" in words.line(row, *LABELS, 0.05)
    assert words.conclusion(rows, *LABELS, 0.05).startswith("new passes")


def test_what_is_proven_slower_beyond_the_margin_fails(tmp_path: Path) -> None:
    analysis = analyse(write_run(tmp_path / "run", RUN))
    rows = [*gated(analysis, "node/http", "python/httpx", 0.05)]
    slow = {row.workload for row in rows if row.regressed}
    assert {"sequential", "keep-alive"} <= slow
    for row in rows:
        assert row.p_adjusted is not None and row.p_adjusted < 0.05
        assert row.regressed is ("proven (corrected p" in words.line(row, *LABELS, 0.05))
    assert "new is slower than old by more than 5 % in " in words.conclusion(rows, *LABELS, 0.05)
    assert "- sequential: new takes" in "\n".join(words.markdown(rows, *LABELS, 0.05))


def test_being_slower_within_the_margin_or_faster_passes(tmp_path: Path) -> None:
    analysis = analyse(write_run(tmp_path / "run", RUN))
    assert not any(row.regressed for row in gated(analysis, "node/http", "python/httpx", 9.0))
    assert not any(row.regressed for row in gated(analysis, "python/httpx", "node/http", 0.0))


def test_without_a_steady_pace_nothing_is_proven(tmp_path: Path) -> None:
    run = replace(RUN, iterations=8, warmup=1, flat=False)
    rows = [*gated(analyse(write_run(tmp_path / "run", run)), "node/http", "python/httpx", 0.05)]
    unsteady = [row for row in rows if row.unsteady]
    assert unsteady and not any(row.regressed for row in unsteady)
    assert "no verdict, for want of a steady pace" in words.line(unsteady[0], *LABELS, 0.05)
    said = words.conclusion(unsteady, *LABELS, 0.05)
    assert said == "new passes, but without a verdict: in no workload could it be told from old."


def test_halves_that_contradict_each_other_leave_no_verdict(tmp_path: Path) -> None:
    analysis = analyse(write_run(tmp_path / "run", RUN))
    summary = analysis.summary.copy()
    summary["comparisons"] = [row.copy() for row in summary["comparisons"]]
    for row in summary["comparisons"]:
        if row["workload"] == "sequential":
            row["verdict"] = "not steady"
    rows = [*gated(replace(analysis, summary=summary), "node/http", "python/httpx", 0.05)]
    (found,) = (row for row in rows if row.workload == "sequential")
    assert found.contradicted and not found.decided and not found.regressed
    assert "the halves of what was measured prove opposite" in words.line(found, *LABELS, 0.05)


def test_a_comment_shows_names_as_they_are(tmp_path: Path) -> None:
    analysis = analyse(write_run(tmp_path / "run", RUN))
    rows = [*gated(analysis, "node/http", "python/httpx", 0.05)]
    comment = "\n".join(words.markdown(rows, "<module>", "@new", 0.05))
    assert "<module>" not in comment and "@new" not in comment


def test_who_passes_in_some_workloads_only_is_told(tmp_path: Path) -> None:
    analysis = analyse(write_run(tmp_path / "run", RUN))
    rows = [*gated(analysis, "node/http", "node/promise-chain", 0.05)]
    some = [replace(rows[0], unsteady=(("node/http", Pace.WARMING),)), *rows[1:]]
    told = words.conclusion(some, *LABELS, 0.05)
    assert told.startswith("new passes: ") and told.endswith("Without a verdict: survey.")


@pytest.mark.parametrize(("who", "said"), [("python/httpx", True), ("node/http", False)])
def test_a_new_one_that_broke_rules_is_a_finding(tmp_path: Path, who: str, said: bool) -> None:
    run = replace(RUN, breaks=(Break(contender=who, repeat_too=True),))
    rows = [*gated(analyse(write_run(tmp_path / "run", run)), "node/http", "python/httpx", 0.05)]
    survey = rows[0]
    assert (survey.centre, survey.regressed) == (None, False)
    assert bool(survey.broken) is said
    told = words.line(survey, *LABELS, 0.05)
    assert ("new is invalid: W3" in told) is said
    assert ("new is invalid in survey" in words.conclusion(rows, *LABELS, 0.05)) is said
