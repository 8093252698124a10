"""How each figure came about, told in place from the run's own records."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from reports import Analysis
from reports.page.evidence import Exhibit, evidence
from reports.words.paces import pace_words
from results.invocation import PingFile
from tests.reports.page.document import Element, parse
from tests.reports.page.runs import INVALID, KEEP_ALIVE, analysed, rendered
from tests.steady_run import STEADY
from tests.synthetic_run import HOSTILE


def facts_of(analysis: Analysis, workload: str, contender: str) -> dict[str, str]:
    (found,) = (e for e in evidence(analysis)[workload] if e.contender == contender)
    return dict(found.facts)


def test_the_blocks_are_those_of_the_estimate(survey: Analysis) -> None:
    own = survey.frames.iterations.query("contender == 'node/http' and measured and valid")
    means = own.groupby("block")["real_ns"].mean()
    told = facts_of(survey, "survey", "node/http")
    *values, unit = told["Blocks"].split()
    assert unit == "ms" and len(values) == 9
    assert [float(v) for v in values] == pytest.approx((means / 1e6).tolist(), rel=5e-3)
    assert "45 averages of two blocks" in " ".join(told.values())


def test_what_was_checked_is_counted(survey: Analysis) -> None:
    told = facts_of(survey, "survey", "node/http")
    # Nine processes of four iterations of four pings, each of which connects.
    assert told["Checked"] == (
        "9 processes, 144 pings seen by the origin over 144 connections: no rule broken"
    )
    assert told["Answers"] == (
        "a status to 108 of 108 measured pings, 200 from the origin to its first process; their "
        "bytes are not stored"
    )


def test_kept_connections_are_counted_once(tmp_path: Path) -> None:
    run = replace(KEEP_ALIVE, contenders=("node/http", "csharp/socket"))
    told = facts_of(analysed(tmp_path / "run", run), "keep-alive", "node/http")
    assert told["Checked"].startswith("9 processes, 6,912 pings seen by the origin over 72 conn")


def test_the_request_is_the_stored_one_byte_for_byte(survey: Analysis) -> None:
    record = next(r for r in survey.folder.invocations if r.recorded["contender"] == "node/http")
    packet = record.recorded["pings"]
    assert packet is not None
    heads = PingFile(folder=survey.folder.path).stored(packet).heads
    (found,) = (e for e in evidence(survey)["survey"] if e.contender == "node/http")
    raw = "".join(found.request).encode("ascii").decode("unicode_escape").encode("latin-1")
    assert raw in heads and raw.endswith(b"\r\n\r\n")


def test_the_raw_lines_are_the_contender_s_own(survey: Analysis) -> None:
    file = survey.folder.path / "invocations.jsonl"
    lines = file.read_text().splitlines()
    told = facts_of(survey, "survey", "python/httpx")["Raw"]
    numbers = [int(n) for n in re.findall(r"\d+", told.split(";")[0])]
    assert len(numbers) == 9
    assert all('"contender": "python/httpx"' in lines[number - 1] for number in numbers)


def test_drift_and_null_arm_are_told(tmp_path: Path) -> None:
    analysis = analysed(tmp_path / "run", replace(STEADY, null_arm="node/net"))
    told = facts_of(analysis, "sequential", "node/net")
    (pace,) = (
        r
        for r in analysis.summary["paces"]
        if (r["workload"], r["contender"]) == ("sequential", "node/net")
    )
    assert told["Drift"].endswith(pace_words(pace)) and told["Warm-up"].startswith("4 iterations")
    assert "of the first’s time" in told["Against itself"]
    assert "Against itself" not in facts_of(analysis, "sequential", "csharp/socket")


def test_a_broken_rule_is_evidence_too(tmp_path: Path) -> None:
    analysis = analysed(tmp_path / "run", INVALID)
    told = facts_of(analysis, "survey", "csharp/socket")
    assert "1 block with a broken rule" in told["Checked"]
    assert told["Broke W3"].startswith("block 3: site")


def test_everybody_s_evidence_is_folded_beside_its_workload(survey_page: Element) -> None:
    (outer,) = survey_page.with_class("evidence")
    exhibits = outer.with_class("exhibit")
    assert len(exhibits) == 7
    for exhibit in exhibits:
        terms = [term.text for term in exhibit.all("dt")]
        assert terms[0] == "Blocks" and "Raw" in terms and "A request, byte for byte" in terms
    assert "open" not in outer.attributes


def test_hostile_text_is_shown_and_escaped(tmp_path: Path) -> None:
    run = replace(INVALID, hostile=True)
    breaks = tuple(replace(each, seen=HOSTILE) for each in run.breaks)
    page = rendered(analysed(tmp_path / "run", replace(run, breaks=breaks)))
    parse(page)
    assert "<script>alert" not in page


def test_ids_are_those_that_a_link_is_made_of(survey: Analysis, survey_page: Element) -> None:
    found: tuple[Exhibit, ...] = evidence(survey)["survey"]
    assert all(survey_page.by_id(each.key).tag == "dl" for each in found)
