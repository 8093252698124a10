"""A toolchain's version that is not what its programs ran on is said before anything else."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from reports.markdown import markdown
from reports.publish import analyse
from reports.words.notes import opening_lines
from results.format import INVOCATIONS_FILE, RUN_FILE
from tests.reports.page.runs import SURVEY
from tests.synthetic_run import write_run


def lines_of(folder: Path, version: str, runtime: str) -> list[str]:
    """The opening lines of a run where every toolchain and program said these."""
    write_run(folder, replace(SURVEY, blocks=2, iterations=3))
    run = json.loads((folder / RUN_FILE).read_text())
    for contender in run["contenders"]:
        contender["version"] = version
    (folder / RUN_FILE).write_text(json.dumps(run))
    lines = (folder / INVOCATIONS_FILE).read_text()
    said = f'"runtime": "{runtime}"' if '"runtime": ' in lines else f'"runtime":"{runtime}"'
    (folder / INVOCATIONS_FILE).write_text(re.sub(r'"runtime": ?"[^"]*"', said, lines))
    analysis = analyse(folder)
    opening = opening_lines(analysis)
    assert all(f"- {line}"[:20] in markdown(analysis) for line in opening)
    return [line for line in opening if "version" in line]


def test_a_shim_that_answers_for_another_release_is_said_once_with_both(tmp_path: Path) -> None:
    (line,) = lines_of(tmp_path / "run", "v22.1.0", "Node.js 20.20.2")
    assert "ran on Node.js 20.20.2, but the toolchain's version is v22.1.0" in line


@pytest.mark.parametrize(
    ("version", "runtime"),
    [
        ("10.0.401", ".NET 10.0.12"),
        ("Python 3.11.2", "CPython 3.11.7, httpx 0.23.3"),
        ("go version go1.22.3 linux/amd64", "go1.22.3"),
        ("gcc (Debian 12.2.0-14) 12.2.0", "my runtime"),
        ("openjdk 25 2025-09-16", "OpenJDK 25.0.1"),
        ("1.2.3", "built on 3"),
    ],
)
def test_what_does_not_contradict_is_not_said(version: str, runtime: str, tmp_path: Path) -> None:
    assert lines_of(tmp_path / "run", version, runtime) == []
