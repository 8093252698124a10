"""The comparisons of summary.json: each pair's figures, verdict and sentence."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypedDict

import numpy as np
from numpy.typing import NDArray

from reports.analysis.break_even import BreakEven
from reports.analysis.comparisons import Comparison
from reports.analysis.intervals import Centre
from reports.analysis.steadiness import CellKey, Steadiness, contradicts
from reports.analysis.validity import InvalidRow
from reports.analysis.verdicts import Plan, Verdict, decide
from results.format import Quantity, RunFile, WorkloadPlan, decisive_metric, quantity_of
from results.plan import Pair

Floats = NDArray[np.float64]


class ComparisonRow(TypedDict):
    """One pair in one metric: `ratio` is b's value over a's, so above 1 a is the faster one.

    p, p_adjusted, quantity, verdict and sentence only for the metric that decides, within a tier;
    an invalid pair has no figures.
    """

    workload: str
    metric: str
    a: str
    b: str
    ratio: float | None
    low: float | None
    high: float | None
    low90: float | None
    high90: float | None
    p: float | None
    p_adjusted: float | None
    quantity: Quantity | None
    verdict: str | None
    sentence: str | None


class Sentences(Protocol):
    """What words verdicts and break-even points: `reports.words.sentences`, which analysis must not know."""

    def sentence(self, verdict: Verdict, a: str, b: str, found: Centre | None, plan: Plan) -> str:
        ...

    def invalid_sentence(
        self, a: str, b: str, broken: Sequence[tuple[str, Sequence[InvalidRow]]]
    ) -> str:
        ...

    def unsteady_sentence(self, a: str, b: str, unsteady: Sequence[tuple[str, Steadiness]]) -> str:
        ...

    def typical_sentence(self, told: str, a: str, b: str, typical: Centre) -> str:
        ...

    def break_even_sentence(self, a: str, b: str, found: BreakEven, item: str) -> str:
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What verdicts rest on beside the ratios.

    `paces` are those of the cells whose verdicts are about a steady pace, `halves` what
    `halves_by_cell` returns.
    """

    broken: Sequence[InvalidRow]
    paces: Mapping[CellKey, Steadiness]
    halves: Mapping[CellKey, Floats]


def comparison_rows(
    run: RunFile,
    pairs: Sequence[Pair],
    compared: Sequence[Comparison],
    findings: Findings,
    words: Sentences,
) -> Iterator[ComparisonRow]:
    """Rows in the order of the pairs; invalid pairs only where a verdict would be due."""
    labels = {contender["id"]: contender["label"] for contender in run["contenders"]}
    plans = {workload["name"]: _plan(run, workload) for workload in run["workloads"]}
    decisive = {workload["name"]: decisive_metric(workload) for workload in run["workloads"]}
    of: dict[Pair, list[Comparison]] = {}
    for comparison in compared:
        of.setdefault(comparison.pair, []).append(comparison)
    for pair in pairs:
        typical = next((c.centre for c in of.get(pair, []) if c.metric == "typical"), None)
        for comparison in of.get(pair, []):
            decides = comparison.metric == decisive[pair.workload] and pair.same_tier
            if comparison.centre is not None or decides:
                row = _figures(comparison)
                if decides:
                    plan = plans[pair.workload]
                    _decided(row, comparison, labels, plan, findings, words)
                    if plan.complete:
                        _beside_typical(row, comparison.centre, typical, labels, words)
                yield row
        if pair not in of and pair.same_tier:
            metric = decisive[pair.workload]
            yield _invalid_pair_row(pair, metric, labels, findings.broken, words)


def _plan(run: RunFile, workload: WorkloadPlan) -> Plan:
    return Plan(
        m=run["m"],
        delta=run["delta"],
        blocks=run["blocks"],
        quantity=quantity_of(workload),
        measured=(workload["warmup"], workload["iterations"] - 1),
        complete=run["status"] == "complete",
    )


def _figures(comparison: Comparison) -> ComparisonRow:
    row, centre = _bare_row(comparison.pair, comparison.metric), comparison.centre
    if centre is not None:
        row["ratio"] = centre.value
    if centre is not None and centre.wide is not None and centre.narrow is not None:
        row["low"], row["high"] = centre.wide.low, centre.wide.high
        row["low90"], row["high90"] = centre.narrow.low, centre.narrow.high
    row["p"], row["p_adjusted"] = comparison.p, comparison.p_adjusted
    return row


def _decided(
    row: ComparisonRow,
    comparison: Comparison,
    labels: Mapping[str, str],
    plan: Plan,
    findings: Findings,
    words: Sentences,
) -> None:
    """Give a row its verdict and sentence."""
    pair, centre = comparison.pair, comparison.centre
    row["quantity"], verdict = plan.quantity, Verdict.UNDECIDED
    if centre is not None and comparison.p_adjusted is not None:
        if (unsteady := _unsteady(pair, labels, findings)) is not None:
            row["verdict"] = Verdict.NOT_STEADY.value
            row["sentence"] = words.unsteady_sentence(labels[pair.a], labels[pair.b], unsteady)
            return
        verdict = decide(centre, comparison.p_adjusted, plan)
    row["verdict"] = verdict.value
    row["sentence"] = words.sentence(verdict, labels[pair.a], labels[pair.b], centre, plan)


def _beside_typical(
    row: ComparisonRow,
    centre: Centre | None,
    typical: Centre | None,
    labels: Mapping[str, str],
    words: Sentences,
) -> None:
    """Say so where stalls turn the order: the median iteration's interval lies on 1's other side."""
    if row["verdict"] == Verdict.NOT_STEADY.value or row["sentence"] is None:
        return
    if centre is None or typical is None or centre.wide is None or typical.wide is None:
        return
    mean, median = centre.wide, typical.wide
    if (mean.low > 1 and median.high < 1) or (mean.high < 1 and median.low > 1):
        a, b = labels[row["a"]], labels[row["b"]]
        row["sentence"] = words.typical_sentence(row["sentence"], a, b, typical)


def _unsteady(
    pair: Pair, labels: Mapping[str, str], findings: Findings
) -> list[tuple[str, Steadiness]] | None:
    """Return whose pace allows no verdict, by label: nobody's where the halves contradict each
    other; None where nothing stands against one."""
    own = {who: findings.paces.get((pair.workload, who)) for who in (pair.a, pair.b)}
    unsteady = [
        (labels[who], pace)
        for who, pace in own.items()
        if pace is not None and not pace.pace.allows_verdict
    ]
    if unsteady:
        return unsteady
    if None in own.values():
        return None
    both = findings.halves[pair.workload, pair.b] - findings.halves[pair.workload, pair.a]
    return [] if contradicts(*both[:, ~np.isnan(both).any(axis=0)]) else None


def _invalid_pair_row(
    pair: Pair,
    metric: str,
    labels: Mapping[str, str],
    broken: Sequence[InvalidRow],
    words: Sentences,
) -> ComparisonRow:
    reasons = [
        (
            labels[who],
            [r for r in broken if (r["workload"], r["contender"]) == (pair.workload, who)],
        )
        for who in (pair.a, pair.b)
    ]
    row = _bare_row(pair, metric)
    row["verdict"] = Verdict.INVALID.value
    row["sentence"] = words.invalid_sentence(
        labels[pair.a], labels[pair.b], [(label, rules) for label, rules in reasons if rules]
    )
    return row


def _bare_row(pair: Pair, metric: str) -> ComparisonRow:
    return {
        "workload": pair.workload,
        "metric": metric,
        "a": pair.a,
        "b": pair.b,
        "ratio": None,
        "low": None,
        "high": None,
        "low90": None,
        "high90": None,
        "p": None,
        "p_adjusted": None,
        "quantity": None,
        "verdict": None,
        "sentence": None,
    }
