"""What the page's script shows of a run: everybody's figures, seen from any contender.

All of it comes from the summary, worded and rounded here: the script picks, and computes nothing.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypedDict

from markupsafe import Markup

from reports.analysis.amounts import Amount
from reports.analysis.analysed import Analysis
from reports.analysis.block_values import COMPARED, UNITS
from reports.analysis.standing import tier_heading, tiers
from reports.analysis.verdict_rows import ComparisonRow
from reports.analysis.work import items_apart
from reports.words import units
from results.format import WorkloadPlan, decisive_metric, quantity_of

# What may be asked for in the matrix, by metric.
_QUANTITIES = {
    "real": "steady",
    "young": "young",
    "first": "first iteration",
    "typical": "typical iteration",
    "p50": "p50 of pings",
}
_UNITS = ("ns", "µs", "ms", "s")
# How one contender compares with a baseline: symbol, word, and the class that draws it.
_VERDICTS = {
    "faster": ("↓", "faster", "fastest"),
    "slower": ("↑", "slower", "slower"),
    "equivalent": ("≈", "equivalent", "open"),
    "undecided": ("?", "undecided", "open"),
    "not steady": ("∿", "not steady", "open"),
}


class WorkloadView(TypedDict):
    """`times` by contender and metric: text, interval, and the number to sort by; `each` the same per
    item, where an iteration has several; `lowest` by metric and tier the contender, -1 for none;
    `pairs` by "baseline contender", `sentences` by "a b".

    A pair is one contender's time over a baseline's: the verdict, seen from there, and the 90 % interval
    of the metric that decides; then for each metric that is compared the ratio and its 95 % interval.
    """

    name: str
    metric: str
    times: list[dict[str, tuple[str, str, float]]]
    each: list[dict[str, tuple[str, str]]]
    lowest: dict[str, list[int]]
    pairs: dict[str, list[str]]
    sentences: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """A choice: its key in the address, its label, and its options as (value, name); the first is
    what the page shows as it was made, and has no value."""

    key: str
    label: str
    options: tuple[tuple[str, str], ...]


def controls(analysis: Analysis) -> tuple[Control, ...]:
    """Those that leave a choice in this run."""
    run = analysis.run
    compared = any(row["ratio"] is not None for row in analysis.summary["comparisons"])
    plans = run["contenders"] if compared else []
    floors = [(plan["id"], f"× floor, {plan['label']}") for plan in plans if plan.get("floor")]
    labels = [*floors, *((p["id"], p["label"]) for p in plans if not p.get("floor"))]
    headings = [(tier_heading(tier), tier_heading(tier)) for tier in tiers(run)]
    languages = list(dict.fromkeys(plan["language"] for plan in run["contenders"]))
    names = [workload["name"] for workload in run["workloads"]]
    shown = [("time", "times")] if compared else []
    found = (
        Control(key="against", label="Baseline", options=(("", "the lowest"), *labels)),
        Control(key="show", label="Figures", options=(("", "ratios"), *shown)),
        Control(key="of", label="Quantity", options=(("", "as judged"), *_quantities(analysis))),
        Control(key="unit", label="Unit", options=(("", "as fits"), *zip(_UNITS, _UNITS))),
        _filter("tier", "Tier", headings),
        _filter("language", "Language", [(each, each) for each in languages]),
        _filter("workload", "Workload", [(name, name) for name in names]),
    )
    return tuple(control for control in found if len(control.options) > 1)


def view_data(analysis: Analysis) -> Markup:
    """The figures as JSON that no text in it can end: `<` is written as an escape."""
    run = analysis.run
    place_of = {tier: place for place, tier in enumerate(tiers(run))}
    data = {
        "contenders": [
            {
                "id": plan["id"],
                "label": plan["label"],
                "tier": place_of[plan["tier"]],
                "language": plan["language"],
            }
            for plan in run["contenders"]
        ],
        "tiers": [tier_heading(tier) for tier in place_of],
        "metrics": COMPARED,
        "verdicts": _VERDICTS,
        "quantities": dict(_quantities(analysis)),
        "workloads": [_workload(analysis, workload) for workload in run["workloads"]],
    }
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c"))


def _quantities(analysis: Analysis) -> list[tuple[str, str]]:
    steady = any(quantity_of(workload) == "steady" for workload in analysis.run["workloads"])
    names = _QUANTITIES | ({} if steady else {"real": "as measured"})
    measured = {row["metric"] for row in analysis.summary["estimates"]}
    return [(metric, name) for metric, name in names.items() if metric in measured]


def _filter(key: str, label: str, options: list[tuple[str, str]]) -> Control:
    """One that can only leave something out, and so needs two options."""
    return Control(
        key=key, label=label, options=(("", "all"), *(options if len(options) > 1 else ()))
    )


def _workload(analysis: Analysis, workload: WorkloadPlan) -> WorkloadView:
    name, decisive = workload["name"], decisive_metric(workload)
    ids = [plan["id"] for plan in analysis.run["contenders"]]
    place = {contender: index for index, contender in enumerate(ids)}
    metrics = dict.fromkeys((*COMPARED, *_QUANTITIES))
    failed = analysis.notes.unanswered  # how fast pings fail is no time
    known = [contender for contender in ids if (name, contender) not in failed]
    amounts = {
        m: {c: found for c in known if (found := analysis.estimate(name, c, m)) is not None}
        for m in metrics
    }
    pairs: dict[str, list[str]] = {}
    sentences = {}
    for row in analysis.summary["comparisons"]:
        if row["workload"] != name:
            continue
        a, b = place[row["a"]], place[row["b"]]
        if row["ratio"] is not None:
            ratio = Amount(row["ratio"], row["low"], row["high"])
            _add(pairs, f"{a} {b}", row, ratio, decisive, "a faster")
            _add(pairs, f"{b} {a}", row, ratio.inverse(), decisive, "b faster")
        if row["sentence"] is not None:
            sentences[f"{a} {b}"] = row["sentence"]
    return WorkloadView(
        name=name,
        metric=decisive,
        times=[
            {m: _time(own[contender], m) for m, own in amounts.items() if contender in own}
            for contender in ids
        ],
        each=[_per_item(analysis, workload, contender) for contender in ids],
        lowest={m: _lowest(analysis, own, place) for m, own in amounts.items() if own},
        pairs=pairs,
        sentences=sentences,
    )


def _time(amount: Amount, metric: str) -> tuple[str, str, float]:
    text = units.told(amount, UNITS.get(metric, "ns"))
    return text.value, text.interval, float(f"{amount.value:.6g}")


def _per_item(
    analysis: Analysis, workload: WorkloadPlan, contender: str
) -> dict[str, tuple[str, str]]:
    """What the matrix shows of a workload without a network whose items are not under way at once."""
    items = items_apart(analysis.run, workload)
    found = {}
    for metric in _QUANTITIES if items > 1 else ():
        if (amount := analysis.estimate(workload["name"], contender, metric)) is not None:
            text = units.told(amount.over(items), "ns")
            found[metric] = (text.value, text.interval)
    return found


def _lowest(
    analysis: Analysis, amounts: Mapping[str, Amount], place: Mapping[str, int]
) -> list[int]:
    found = []
    for tier in tiers(analysis.run):
        own = [
            c["id"] for c in analysis.run["contenders"] if c["tier"] == tier and c["id"] in amounts
        ]
        best = min(own, key=lambda contender: amounts[contender].value, default=None)
        found.append(-1 if best is None else place[best])
    return found


def _add(
    pairs: dict[str, list[str]],
    key: str,
    row: ComparisonRow,
    ratio: Amount,
    decisive: str,
    slower: str,
) -> None:
    """Add a row's `ratio`, seen from the baseline, which is faster where the verdict is `slower`."""
    pair = pairs.setdefault(key, [""] * (2 + len(COMPARED)))
    text = units.ratio(*ratio.numbers)
    pair[2 + COMPARED.index(row["metric"])] = f"{text.value} {text.interval}"
    if row["metric"] != decisive:
        return
    verdict = row["verdict"] or ""
    if verdict in ("a faster", "b faster"):
        verdict = "slower" if verdict == slower else "faster"
    pair[0] = verdict
    if row["low90"] is not None and row["high90"] is not None:
        low, high = row["low90"], row["high90"]
        low, high = (low, high) if slower == "a faster" else (1 / high, 1 / low)
        pair[1] = units.ratio(low, low, high).interval
