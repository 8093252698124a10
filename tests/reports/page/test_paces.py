"""What stands beside a steady figure: the pace of each contender, and its young and first times."""

import pytest

from reports import Analysis
from reports.markdown import markdown
from reports.page.paces import pace_table
from reports.words.beside import beside_tables
from reports.words.paces import pace_words
from tests.reports.page.runs import analysed
from tests.synthetic_run import SyntheticRun

STEADY = SyntheticRun(
    blocks=8,
    iterations=16,
    young=3,
    workloads=("sequential",),
    contenders=("csharp/socket", "node/http", "node/net"),
    measures="steady",
    flat=True,
)


@pytest.fixture(scope="module")
def steady(tmp_path_factory: pytest.TempPathFactory) -> Analysis:
    return analysed(tmp_path_factory.mktemp("steady") / "run", STEADY)


def test_a_pace_has_its_drift_its_word_its_lengths_and_its_study(steady: Analysis) -> None:
    table = pace_table(steady, steady.run["workloads"][0])
    assert table is not None
    rows = {row.head[0]: row.cells for group in table.groups for row in group.rows}
    assert set(rows) == set(STEADY.contenders)
    drift, pace, warmup, measured, study = rows["node/net"]
    assert drift.text.endswith("×") and "–" in drift.detail
    assert pace.text == "flat, not studied" and pace.detail.startswith("±")
    assert (warmup.text, measured.text, study.text) == ("2", "14", "no study")


def test_a_warm_up_that_was_cut_is_never_called_steady(steady: Analysis) -> None:
    row = steady.summary["paces"][0].copy()
    row["pace"] = "steady"
    assert pace_words(row) == "steady"
    row["cut"] = True
    assert pace_words(row) == "flat, warm-up cut"
    row["pace"] = "still warming"
    assert pace_words(row) == "still warming"


def test_young_and_first_are_the_summary_s_tier_by_tier(steady: Analysis) -> None:
    (table,) = beside_tables(steady)
    young, first = table.groups
    assert (young.heading, first.heading) == (
        "Young: mean of iterations 1 to k, k = 3",
        "First: iteration 0",
    )
    order = [row.head[0] for row in first.rows]
    assert order == ["node/http", "csharp/socket", "node/net"]
    for group, metric in ((young, "young"), (first, "first")):
        for row in group.rows:
            found = steady.estimate("sequential", row.head[0], metric)
            assert found is not None and found.low is not None
            assert float(row.cells[0].text) == pytest.approx(found.value / 1e6, rel=0.01)
            assert float(row.cells[0].detail.split("–")[0]) == pytest.approx(
                found.low / 1e6, rel=0.1
            )


def test_markdown_has_them_too(steady: Analysis) -> None:
    shown = markdown(steady)
    assert "What a process pays before it has its pace" in shown
    assert "*First: iteration 0*" in shown


def test_a_run_of_before_has_neither(survey: Analysis) -> None:
    assert pace_table(survey, survey.run["workloads"][0]) is None
    assert beside_tables(survey) == ()
