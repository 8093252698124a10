"""The page and summary.md show the claims of a run, and trust nothing in semantics.json."""

import json
from pathlib import Path
from typing import Any

import pytest

import reports
from reports.words.claims import in_one_line
from results.claims import SEMANTICS_FILE, read_semantics
from results.errors import UnreadableRun
from tests.synthetic_run import HOSTILE, SyntheticRun, write_run


def stored(text: str = "plain") -> dict[str, Any]:
    """A small semantics.json: one probe in two languages, one of which differs."""
    statement = {"text": text, "ours": True, "probe": "p", "verdict": "holds", "why": text}
    row = {"probe": "p", "runtime": text, "info": {text: text}, "trouble": None}
    source = {"file": "a/b.py", "function": text, "line": 1, "text": f"def f():\n    {text}"}
    return {
        "schema": 1,
        "executed": "2026-01-02T03:04:05Z",
        "probes": {"p": text},
        "claims": [{"claim": text, "seed": "A", "probe": "p", "verdict": "wrong", "why": text}],
        "tables": [
            {
                "title": text,
                "seed": "A",
                "languages": [text, "Good"],
                "rows": [{"feature": text, "cells": [[statement], [statement]]}],
            }
        ],
        "observations": [
            row | {"runner": "a", "language": text, "facts": {"n": text}, "expected": {"n": 1}}
            | {"as_expected": False, "source": source},
            row | {"runner": "b", "language": "Good", "facts": {"n": 1}, "expected": {"n": 1}}
            | {"as_expected": True, "source": None},
        ],
        "programs": [{"runner": "a", "file": "seed/old.py", "text": f"first = 1\nsecond = {text!r}"}],
    }  # fmt: skip


def written(folder: Path, semantics: object) -> Path:
    """A run's folder with this semantics.json."""
    write_run(folder, SyntheticRun(blocks=6, iterations=3, warmup=1, workloads=("survey",)))
    (folder / SEMANTICS_FILE).write_text(json.dumps(semantics))
    return folder


def test_a_verdict_whose_facts_differ_is_withdrawn(tmp_path: Path) -> None:
    semantics = stored()
    statement = semantics["tables"][0]["rows"][0]["cells"][0][0]
    for said in (semantics["claims"][0], statement):
        said["rests_on"] = {"a": ["n"], "b": ["n"]}
    page = (
        reports.write(folder := written(tmp_path, semantics))
        and (folder / "report.html").read_text()
    )
    assert page.count("as observed here: otherwise (plain: n); it was ‘wrong’") == 1
    assert "1 verdict is withdrawn" in page and "0 wrong" in page
    for said in (semantics["claims"][0], statement):
        said["rests_on"] = {"b": ["n"], "unknown": ["n"]}
    reports.write(written(tmp_path / "again", semantics))
    assert "as observed here" not in (tmp_path / "again" / "report.html").read_text()


def test_the_line_counts_verdicts_and_names_what_differs(tmp_path: Path) -> None:
    (tmp_path / SEMANTICS_FILE).write_text(json.dumps(stored()))
    found = read_semantics(tmp_path)
    assert found is not None
    assert in_one_line(found) == (
        "1 claims of the two texts executed; 0 hold, 0 are imprecise, 1 wrong, 0 dated. "
        "Not as expected: p in plain."
    )


def test_the_line_counts_what_is_not_judged(tmp_path: Path) -> None:
    semantics = stored()
    semantics["observations"][0] |= {"expected": None, "as_expected": None}
    (tmp_path / SEMANTICS_FILE).write_text(json.dumps(semantics))
    found = read_semantics(tmp_path)
    assert found is not None
    assert in_one_line(found).endswith(
        "0 dated; 1 of 2 observations not judged. Every other observation was as expected."
    )
    del found["observations"][1]
    assert in_one_line(found).endswith("0 dated; 1 of 1 observations not judged.")


def test_page_and_summary_show_the_claims(tmp_path: Path) -> None:
    folder = written(tmp_path / "run", stored())
    reports.write(folder)
    page = (folder / "report.html").read_text("utf-8")
    assert page.count("1 claims of the two texts executed") == 2
    assert '<a href="#probe-1">p</a>' in page and 'id="probe-1"' in page
    assert "✕ expected: 1" in page and "a/b.py, line 1: plain" in page
    assert "1 claims of the two texts executed" in (folder / "summary.md").read_text("utf-8")


def test_the_programs_that_probes_execute_are_shown_line_by_line(tmp_path: Path) -> None:
    folder = written(tmp_path / "run", stored())
    reports.write(folder)
    page = (folder / "report.html").read_text("utf-8")
    shown = page[page.index("What the probes execute") :]
    assert "a/seed/old.py" in shown
    assert "second" in shown[shown.index("first") :].split("\n")[1]


def test_a_fact_that_is_not_judged_carries_no_mark(tmp_path: Path) -> None:
    semantics = stored()
    semantics["observations"][1]["facts"]["may-vary"] = "whatever"
    del semantics["observations"][0]
    folder = written(tmp_path / "run", semantics)
    reports.write(folder)
    page = (folder / "report.html").read_text("utf-8")
    assert "<td>whatever</td>" in page and "✕ expected" not in page


def test_hostile_text_is_shown_and_does_nothing(tmp_path: Path) -> None:
    folder = written(tmp_path / "run", stored(HOSTILE))
    reports.write(folder)
    page = (folder / "report.html").read_text("utf-8")
    assert page.count("<script") == 2 and "&lt;script&gt;" in page  # our own two
    assert "\x1b" not in page and "\u202e" not in page
    assert "\n# z" not in (folder / "summary.md").read_text("utf-8")


def test_without_the_file_nothing_is_said_of_claims(tmp_path: Path) -> None:
    assert read_semantics(tmp_path) is None


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"schema": 2}, "its schema is 2"),
        ({"extra": 1}, "unknown key"),
        ({"claims": "x"}, "not a list"),
        ({"probes": {}}, "does not describe"),
        ({"observations": stored()["observations"] * 2}, "listed twice"),
        ({"tables": [stored()["tables"][0] | {"languages": ["A"]}]}, "number of cells"),
    ],
)
def test_a_damaged_file_is_named(tmp_path: Path, change: dict[str, Any], said: str) -> None:
    (tmp_path / SEMANTICS_FILE).write_text(json.dumps(stored() | change))
    with pytest.raises(UnreadableRun) as error:
        read_semantics(tmp_path)
    assert SEMANTICS_FILE in str(error.value) and said in str(error.value)
