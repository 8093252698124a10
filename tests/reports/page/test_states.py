"""The page of runs in which something was missing, wrong or different."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from reports import Analysis
from reports.analysis.forest import trees_of
from reports.analysis.twins import TwinRow
from reports.markdown import markdown
from reports.page.badges import badges
from reports.page.view import view_data
from reports.publish import analyse
from reports.words.headline import headline
from reports.words.limits import limit_lines
from results.format import INVOCATIONS_FILE, RUN_FILE
from tests.reports.page.document import Element, parse
from tests.reports.page.runs import INVALID, SURVEY, analysed, rendered
from tests.synthetic_run import Break, SyntheticRun, write_run


@pytest.fixture(scope="module")
def invalid_page(tmp_path_factory: pytest.TempPathFactory) -> Element:
    return parse(rendered(analysed(tmp_path_factory.mktemp("invalid") / "run", INVALID)))


def page_of(tmp_path: Path, **changes: object) -> Element:
    run = replace(SURVEY, blocks=6, iterations=3, **changes)
    return parse(rendered(analysed(tmp_path / "run", run)))


def told(page: Element, contender: str, workload: str) -> Element:
    """A contender's figures in the matrix."""
    (cell,) = page.all("div", **{"data-contender": contender, "data-workload": workload})
    return cell


def notices(page: Element) -> str:
    return " ".join(item.text for item in page.with_class("notices"))


def test_skipped_and_invalid_are_said_first(invalid_page: Element) -> None:
    first = notices(invalid_page)
    assert "ruby was skipped: ruby was not found (Install Ruby 3.3 or later)." in first
    assert "C# Socket is invalid in survey: W3, site 127.0.0.1:8801 got 3 requests" in first
    assert "Node net broke a rule in one invocation of survey." in first
    (header,) = invalid_page.all("header")
    assert "invalid" in header.text


def test_a_standstill_is_said_and_its_block_drawn_hollow(tmp_path: Path) -> None:
    folder = write_run(tmp_path / "run", replace(SURVEY, blocks=6, iterations=3))
    file = folder / INVOCATIONS_FILE
    lines = [json.loads(line) for line in file.read_text().splitlines()]
    (line,) = (
        line
        for line in lines
        if (line["block"], line["workload"], line["contender"]) == (2, "survey", "csharp/socket")
    )
    line["standstill_ns"] = 15 * 10**9
    file.write_text("".join(f"{json.dumps(line)}\n" for line in lines))
    analysis = analyse(folder)
    page = parse(rendered(analysis))
    assert "Everything stood still for 15 s while C# Socket ran survey in block 3" in notices(page)
    (workload,) = (each for each in analysis.run["workloads"] if each["name"] == "survey")
    rows = [row for tree in trees_of(analysis, workload) for row in tree.branches]
    assert {row.contender: set(row.hollow) for row in rows if row.hollow} == {"csharp/socket": {2}}
    assert "A ring: the machine was disturbed or stood still" in page.text


def test_a_slow_canary_is_said_and_its_block_drawn_hollow(tmp_path: Path) -> None:
    folder = write_run(tmp_path / "run", replace(SURVEY, blocks=6, iterations=3))
    file = folder / INVOCATIONS_FILE
    lines = [json.loads(line) for line in file.read_text().splitlines()]
    for line in lines:
        line["canary_ns"] = 14_000_000 if line["block"] == 1 else 10_000_000
    file.write_text("".join(f"{json.dumps(line)}\n" for line in lines))
    analysis = analyse(folder)
    page = parse(rendered(analysis))
    assert "up to 1.40× its usual time" in notices(page) and "(survey: block 2)" in notices(page)
    rows = [
        row for tree in trees_of(analysis, analysis.run["workloads"][0]) for row in tree.branches
    ]
    assert rows and all(row.hollow == {1} for row in rows)


def test_an_invalid_contender_has_its_rule_and_no_number(invalid_page: Element) -> None:
    rows = [row for row in invalid_page.all("tr") if row.children[0].text.startswith("C# Socket")]
    survey_rows = [row for row in rows if "✕ invalid" in row.text]
    assert len(survey_rows) == 3  # the survey's figures, costs and sites
    figures = survey_rows[0].children[1]
    assert figures.attributes["colspan"] == "6"
    assert figures.text == "✕ invalid: W3: site 127.0.0.1:8801 got 3 requests, 4 were due"
    assert "✕ invalid (W3)" in invalid_page.with_class("reply")[0].text


def test_a_contender_that_broke_a_rule_once_keeps_its_number(invalid_page: Element) -> None:
    cells = [told(invalid_page, name, "survey") for name in ("csharp/socket", "node/net")]
    assert [cell.attributes["class"] for cell in cells] == ["told invalid", "told fastest"]
    assert cells[0].text == "C# Socket invalid W3" and " ms" in cells[1].text


def test_invocations_that_broke_rules_are_counted(invalid_page: Element) -> None:
    proof = invalid_page.by_id("proof")
    assert "3 invocations broke a rule and have no number." in proof.text


def test_a_live_run_has_estimates_and_no_verdicts(tmp_path: Path) -> None:
    page = page_of(tmp_path, live=True)
    assert "nothing proves that the programs did the same work" in notices(page)
    assert "name look-up is part of the time" in notices(page)
    (answer,) = page.all("h2", id="answer")
    assert answer.text == "What was measured"
    assert not {"fastest", "slower", "equivalent"} & set(
        page.all("main")[0].text.split("How to")[0].split()
    )
    assert "Origin’s bound" not in page.text
    assert "The chains: a.example:80, then b.example:80; c.example:80." in page.text
    assert "Ratios, and the blocks" not in page.text and "Times, and the blocks" in page.text
    assert any(th.text.startswith("a.example:80") for th in page.all("th"))


def test_a_partial_run_says_how_far_it_came(tmp_path: Path) -> None:
    page = page_of(tmp_path, measured=3, torn=True)
    assert "Provisional, block 3 of 6: the run was still measuring, or was cut off" in notices(page)
    assert "The last line of the results was cut off" in notices(page)
    (meta,) = page.with_class("meta")
    assert "3 of 6 blocks" in meta.text
    (answer,) = page.all("h2", id="answer")
    assert answer.text == "What was measured so far"
    assert all("not proven" in lead.text for lead in page.with_class("lead"))


def test_a_single_contender_has_estimates_and_no_comparison(tmp_path: Path) -> None:
    page = page_of(tmp_path, contenders=("node/http",))
    assert "There is only one contender" in notices(page)
    (reply,) = page.with_class("reply")
    assert "the only one measured" in reply.text and "95 % interval" in reply.text
    headings = [figure.all("h4")[0].text for figure in page.all("figure")]
    assert headings == [
        "Times, and the blocks behind them",
        "Single pings, to the slowest",
        "One iteration as it happened",
        "A process’s life",
    ]


def test_a_warm_up_that_is_too_short_is_said_first(tmp_path: Path) -> None:
    folder = write_run(tmp_path / "run", replace(SURVEY, blocks=6, iterations=3))
    file = folder / RUN_FILE
    plan = json.loads(file.read_text())
    for due, said in ((1, False), (13, True)):
        plan["workloads"][0]["steady_after"] = due
        file.write_text(json.dumps(plan))
        page = parse(rendered(analyse(folder)))
        short = "Warm-up is shorter than pilot runs called for in survey (1 of 13 iterations)"
        assert (short in notices(page)) is said


def refused(folder: Path, contender: str, **changes: object) -> Analysis:
    """A live run in which no ping of a contender was answered."""
    run = replace(SURVEY, blocks=6, iterations=3, live=True, older=True, **changes)
    write_run(folder, run)
    lines = [json.loads(line) for line in (folder / INVOCATIONS_FILE).read_text().splitlines()]
    for line in lines:
        if line["contender"] == contender:
            for iteration in line["iterations"]:
                iteration["pings"] = [
                    [[start, None, None, end, "refused"] for start, _, _, end, _ in chain]
                    for chain in iteration["pings"]
                ]
    (folder / INVOCATIONS_FILE).write_text("".join(f"{json.dumps(line)}\n" for line in lines))
    return analyse(folder)


def test_how_fast_pings_fail_is_no_time(tmp_path: Path) -> None:
    contenders = ("csharp/socket", "node/net")
    whole = analysed(tmp_path / "whole", replace(SURVEY, live=True, contenders=contenders))
    assert headline(whole).startswith("C# Socket, ")
    analysis = refused(tmp_path / "run", "csharp/socket", contenders=contenders)
    assert headline(analysis).startswith("Node net, ")
    (workload,) = json.loads(view_data(analysis))["workloads"]
    assert workload["times"][0] == {} and workload["times"][1]
    assert workload["lowest"]["real"] == [1]


def test_where_no_ping_was_answered_there_is_no_time(tmp_path: Path) -> None:
    analysis = refused(tmp_path / "run", "node/net")
    page = parse(rendered(analysis))
    assert told(page, "node/net", "survey").text == "Node net failed 48 of 48 pings"
    replies = " ".join(reply.text for reply in page.with_class("reply"))
    assert "Node net ✕ every ping failed" in replies
    assert "✕ every ping failed" in [cell.text for cell in page.all("td")]
    shown = markdown(analysis)
    assert "failed" in next(line for line in shown.splitlines() if line.startswith("| Node net"))


def test_an_alarm_of_twins_is_called_that(survey: Analysis) -> None:
    summary = survey.summary.copy()
    row = TwinRow(
        workload="survey", a="node/http", b="node/net", ratio=0.8, low=0.7, high=0.9, alarm=True
    )
    summary["twins"] = [row]
    alarmed = replace(survey, summary=summary)
    assert "twins alarm" in [badge.text for badge in badges(alarmed)]
    assert not any("alarm" in badge.text for badge in badges(survey))
    assert "Differences up to 1.25×: the same calls in two styles differed by as much." in (
        limit_lines(alarmed)
    )


def test_origin_limited_figures_are_marked_wherever_they_stand(tmp_path: Path) -> None:
    page = page_of(tmp_path, origin_busy=0.9)
    assert "Origin-limited (†): the origin was busy over 80 % of the time in survey" in notices(
        page
    )
    rows = [r for r in page.all("tr") if r.children[0].text.startswith("C# Socket")]
    tables = [row for row in rows if len(row.children) > 1]
    assert sum("†" in row.text for row in tables) >= 3
    assert "†" in told(page, "csharp/socket", "survey").text
    assert "† the origin was busy" in page.with_class("legend")[0].text


def test_who_was_still_warming_is_not_called_the_fastest(tmp_path: Path) -> None:
    run = SyntheticRun(
        blocks=6, iterations=8, warmup=1, measures="steady", workloads=("sequential",)
    )
    page = parse(rendered(analyse(write_run(tmp_path / "run", run))))
    assert all("lowest, not proven" in lead.text for lead in page.with_class("lead"))
    assert "not steady" in told(page, "node/net", "sequential").text


def test_a_run_in_which_nothing_was_measured_still_has_a_page(tmp_path: Path) -> None:
    page = page_of(tmp_path, measured=0)
    assert "Provisional, block 0 of 6: the run was still measuring, or was cut off" in notices(page)
    assert page.all("figure") == []
    assert all("no number" in reply.text for reply in page.with_class("reply"))
    assert "not measured" in page.all("table")[0].text


def test_a_run_in_which_everybody_broke_a_rule_has_rules_and_no_number(tmp_path: Path) -> None:
    names = ("node/http", "node/net")
    breaks = tuple(Break(contender=name, repeat_too=True, rule="W1") for name in names)
    page = page_of(tmp_path, contenders=names, breaks=breaks)
    assert [lead.text for lead in page.with_class("lead")] == ["no number"] * 2
    assert page.all("figure") == []
    assert all(told(page, name, "survey").text.endswith("invalid W1") for name in names)


def test_every_pair_is_listed_with_what_it_says(survey_page: Element, survey: Analysis) -> None:
    pairs = next(t for t in survey_page.all("table") if t.all("span", id="workload-survey-pairs"))
    texts = [row.text for row in pairs.all("tr")]
    assert len(texts) == 1 + 2 + 7 * 6 // 2
    (fast,) = (text for text in texts if text.startswith("Python asyncio streams : C# Socket"))
    assert fast.endswith("second faster")
    across = texts.index("Across tiers: no verdict")
    assert all(text.endswith("– – –") for text in texts[across + 1 :])
