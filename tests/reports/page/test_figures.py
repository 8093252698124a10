"""Numbers and words on their way into the page."""

from typing import cast

import pytest

from reports.analysis.amounts import Amount
from reports.drawing.ticks import linear, logarithmic
from reports.page.typeset import unbroken
from reports.words.tables import in_one_unit
from reports.words.units import fitting
from reports.words.workloads import describe
from results.format import RunFile, WorkloadPlan
from results.older import declarations


def test_a_column_has_one_unit_and_three_digits() -> None:
    figures = [Amount(value=1.2345e6, low=1.2e6, high=1.3e6), None, Amount(value=98_765.0)]
    unit, cells = in_one_unit(figures, "ns")
    assert unit == "ms"
    assert [(c.text, c.detail) for c in cells] == [("1.23", "1.20–1.30"), ("–", ""), ("0.0988", "")]


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [(2.5e9, "ns", "s"), (12.0, "ns", "ns"), (3.0 * 2**20, "bytes", "MiB"), (1.9, "1", "")],
)
def test_the_unit_fits_the_figures(value: float, unit: str, expected: str) -> None:
    assert in_one_unit([Amount(value=value)], unit)[0] == expected


def test_a_column_without_figures_has_dashes() -> None:
    assert [cell.text for cell in in_one_unit([None, None], "ns")[1]] == ["–", "–"]


def test_no_more_digits_than_the_interval_supports() -> None:
    _, (cell,) = in_one_unit([Amount(value=7.654e6, low=7.1e6, high=8.3e6)], "ns")
    assert (cell.text, cell.detail) == ("7.7", "7.1–8.3")


def test_figures_are_kept_whole_and_text_is_escaped() -> None:
    assert unbroken("<b> 95 % interval 1.71–1.90, 15 blocks") == (
        '&lt;b&gt; <span class="whole">95 %</span> interval <span class="whole">1.71–1.90</span>, '
        '<span class="whole">15 blocks</span>'
    )
    assert unbroken("it's 5 smiles") == "it&#39;s 5 smiles"


@pytest.mark.parametrize(
    ("low", "high", "most", "expected"),
    [
        (0.97, 5.0, 8, (1.0, 1.5, 2.0, 3.0, 5.0)),
        (0.96, 1.12, 8, (0.975, 1.0, 1.025, 1.05, 1.075, 1.1)),
        (1.0, 1e6, 8, (1.0, 10.0, 100.0, 1e3, 1e4, 1e5, 1e6)),
    ],
)
def test_logarithmic_ticks_are_round_and_few(
    low: float, high: float, most: int, expected: tuple[float, ...]
) -> None:
    ticks = logarithmic(low, high, most)
    assert 3 <= len(ticks) <= most
    assert all(low <= tick <= high for tick in ticks)
    assert ticks == pytest.approx(expected)


@pytest.mark.parametrize("most", [2, 3, 5, 8])
@pytest.mark.parametrize(("low", "high"), [(0, 1), (0, 7.3), (3.1, 3.2), (0, 1e9), (5, 5)])
def test_linear_ticks_are_few_and_inside(low: float, high: float, most: int) -> None:
    ticks = linear(low, high, most)
    assert len(ticks) <= most
    assert all(low <= tick <= high * (1 + 1e-9) for tick in ticks)


def test_a_time_axis_has_the_unit_of_its_longest_time() -> None:
    names = [fitting(value, "ns").name for value in (2e9, 3e6, 4e3, 5)]
    assert names == ["s", "ms", "µs", "ns"]


def plan(**params: object) -> WorkloadPlan:
    shape = {"chains": 2, "sites_per_chain": 2, "pings_per_site": 1, "delay_ns": 5_000_000}
    return {
        "name": "survey",
        "family": "ping",
        "set": "ping",
        "question": "?",
        "iterations": 30,
        "warmup": 10,
        "job_limit_s": 120.0,
        "young": None,
        "lengths": {},
        "params": {**shape, "connection": "close", **params},
    }


def told(workload: WorkloadPlan) -> str:
    run = {"families": declarations(["ping"]), "sites": None}
    return describe(cast(RunFile, run), workload)


def test_the_shape_of_a_workload_is_told_in_words() -> None:
    assert told(plan()) == (
        "2 chains at once, each of 2 sites in turn, each pinged once: 4 pings an iteration. "
        "Each site waits 5.00 ms before it answers. Every ping opens its own connection. "
        "30 iterations an invocation; the first 10 are warm-up, drawn below and left out of every "
        "figure but ‘first’, start-up, CPU and memory."
    )
    one = told(plan(chains=1, sites_per_chain=1, pings_per_site=32, delay_ns=0))
    assert one.startswith(
        "One chain of 32 pings, one after another: 32 pings an iteration. The sites answer at once."
    )
    warm = told(plan(connection="keep-alive"))
    assert "Each site's connection is opened once and kept." in warm
