"""How large a page is: it does not grow with the pings, and hardly with what nobody can see."""

from dataclasses import replace
from pathlib import Path

import pytest

from reports import Analysis, charts
from reports.analysis.forest import trees_of
from reports.drawing import palette
from reports.page.break_even import break_even_table
from reports.page.pairs import pair_table
from reports.page.pictures import embedded
from reports.publish import analyse
from tests.bench.large_run import write_large_run
from tests.reports.page.runs import analysed, rendered
from tests.steady_run import STEADY
from tests.synthetic_run import _LABELS as LABELS
from tests.synthetic_run import SPEED, SyntheticRun

PAIR = SyntheticRun(
    workloads=("sequential",), contenders=("csharp/socket", "node/net"), blocks=6, warmup=1
)


@pytest.mark.slow
def test_a_million_pings_make_no_larger_page_than_ten_thousand(tmp_path: Path) -> None:
    sizes = []
    for pings in (10_000, 1_000_000):
        analysis = analyse(write_large_run(tmp_path / str(pings), pings, PAIR))
        assert analysis.frames.invocations["pings"].sum() == pytest.approx(pings, rel=0.1)
        sizes.append(len(rendered(analysis).encode()))
    assert sizes[1] < 1.05 * sizes[0]


@pytest.fixture
def many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Analysis:
    """Twenty contenders in two tiers, and a workload of 64 chains."""
    names = [f"r{n % 5}/way-{n:02}" for n in range(20)]
    for place, name in enumerate(names):
        monkeypatch.setitem(SPEED, name, 100 + 9 * place)
        monkeypatch.setitem(LABELS, name, (name, "L", None, ("client", "raw")[place % 2]))
    run = replace(STEADY, workloads=("parallel",), contenders=tuple(names), iterations=12)
    return analysed(tmp_path / "run", run)


def test_of_many_contenders_charts_show_what_can_be_told_apart_and_say_so(many: Analysis) -> None:
    (workload,) = many.run["workloads"]
    pictures = {each.name: each for each in charts.of_workload(many, workload)}
    for name, drawn in (("latencies", 16), ("break-even", 16), ("timeline", 10), ("life", 10)):
        assert f"Drawn are {drawn} of 20" in pictures[name].caption, name
    assert len(forest_rows(many)) == 20  # who is compared is drawn
    styles = palette.styles(many.run["contenders"])
    for picture in pictures.values():
        shown = embedded(picture, styles, key="key", scope="parallel")
        assert len(shown.wide.markup) + len(shown.narrow.markup) < 250_000, picture.name


def test_of_many_pairs_those_that_say_something_are_on_the_page(many: Analysis) -> None:
    (workload,) = many.run["workloads"]
    pairs, races = pair_table(many, workload), break_even_table(many, workload)
    assert pairs is not None and races is not None
    assert [len(group.rows) for group in pairs.groups] == [90]
    assert "100 pairs across tiers are in summary.json alone" in pairs.note
    assert [len(group.rows) for group in races.groups] == [18]
    assert "72 pairs without the best of a tier" in races.note


def forest_rows(analysis: Analysis) -> list[str]:
    (workload,) = analysis.run["workloads"]
    return [b.contender for tree in trees_of(analysis, workload) for b in tree.branches]
