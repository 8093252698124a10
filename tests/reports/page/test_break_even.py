"""From how many items on, in words, on the page, in Markdown and on the terminal."""

import math
from dataclasses import replace
from typing import cast

import numpy as np
import pytest
from rich.console import Console

from reports import Analysis, terminal
from reports.analysis.break_even import BreakEven, break_even
from reports.analysis.intervals import centre
from reports.analysis.summary import Summary
from reports.markdown import markdown
from reports.page.answer import answers
from reports.page.break_even import break_even_table
from reports.words.break_even import told_break_even
from reports.words.sentences import break_even_sentence
from tests.reports.page.runs import analysed
from tests.synthetic_run import SyntheticRun


def found(ratios: list[float], items: float, low: float, high: float) -> BreakEven:
    """b's time over a's when run once, by block; a is ahead in the end."""
    return BreakEven(
        once=centre(np.log(ratios)),
        a_ahead=True,
        items=items,
        low=low,
        high=high,
        within=8000,
        blocks=len(ratios),
    )


@pytest.mark.parametrize(
    ("ratio", "items", "low", "high", "said"),
    [
        (0.5, 873, 700, 1203, "B leads 2.00× (1.89–2.12); A is ahead from 870 pings on (95 % interval 700–1,200)"),
        (0.5, 873, 700, math.inf, "A is ahead from 870 pings on (95 % interval from 700 to more than 8,000)"),
        (0.5, math.inf, 700, math.inf, "A is not surely ahead within 8,000 pings"),
        (2.0, 873, 700, 1203, "A leads 2.00× (1.89–2.12); B overtakes it, and A is ahead for good from 870 pings on (95 % interval 700–1,200)"),
        (2.0, 0, 0, 0, "A leads 2.00× (1.89–2.12); B does not catch up within 8,000 pings"),
        (1.0, 0, 0, 4, "neither A nor B leads; after 8,000 pings A does"),
        (1.0, 40, 0, math.inf, "neither A nor B leads; who is ahead within 8,000 pings cannot be told"),
    ],
)  # fmt: skip
def test_the_sentence_says_who_leads_when(
    ratio: float, items: float, low: float, high: float, said: str
) -> None:
    spread = [ratio * factor for factor in (0.889, 0.95, 0.98, 1, 1, 1.02, 1.05, 1.125)]
    assert break_even_sentence("A", "B", found(spread, items, low, high), "ping").endswith(said)


@pytest.fixture(scope="module")
def steady(tmp_path_factory: pytest.TempPathFactory) -> Analysis:
    run = SyntheticRun(
        blocks=8,
        iterations=16,
        young=3,
        workloads=("sequential",),
        contenders=("csharp/socket", "node/net", "node/http"),
        measures="steady",
        flat=True,
    )
    return analysed(tmp_path_factory.mktemp("steady") / "run", run)


def test_the_summary_s_point_is_that_of_the_courses(steady: Analysis) -> None:
    (row,) = steady.summary["break_even"]
    assert (row["a"], row["b"], row["within"], row["blocks"]) == (
        "csharp/socket",
        "node/net",
        512,
        8,
    )
    frame = steady.frames.iterations.query("valid")
    courses = []
    for _, block in frame.groupby("block"):
        own = [block[block["contender"] == who] for who in (row["a"], row["b"])]
        a, b = ((each["startup_ns"] + each["real_ns"].cumsum()).to_numpy(float) for each in own)
        courses.append((a, b))
    expected = break_even(courses, 32)
    assert row["once"] == pytest.approx(expected.once.value) and row["items"] == expected.items


def test_it_is_told_everywhere(steady: Analysis) -> None:
    (row,) = steady.summary["break_even"]
    console = Console(width=200)
    with console.capture() as shown:
        console.print(terminal.render(steady))
    assert row["sentence"] in shown.get()
    assert row["sentence"].split(";")[1] in markdown(steady)
    replies = [reply for answer in answers(steady) for reply in answer.replies]
    assert [reply.break_even for reply in replies] == ["", row["sentence"]]
    table = break_even_table(steady, steady.run["workloads"][0])
    assert table is not None
    ((shown_row,),) = (group.rows for group in table.groups)
    assert shown_row.head == (row["a"], row["b"])
    assert shown_row.cells[1].text == steady.labels[row["ahead"]]


def test_a_run_of_before_has_none(survey: Analysis) -> None:
    assert survey.summary["break_even"] == []
    assert break_even_table(survey, survey.run["workloads"][0]) is None


def test_where_nothing_can_be_told_the_first_screen_says_nothing(steady: Analysis) -> None:
    (row,) = steady.summary["break_even"]
    (standing,) = (s for s in steady.standings["sequential"] if s.tier == "raw")
    assert told_break_even(steady, standing) == row["sentence"]
    unknown = row | {"once_low": 0.9, "once_high": 1.1, "low": 0.0, "high": None}
    summary = steady.summary | {"break_even": [unknown]}
    assert told_break_even(replace(steady, summary=cast(Summary, summary)), standing) == ""
