"""All contenders in all workloads: a row a workload, a column a runner, everyone's time and ratio."""

from collections.abc import Sequence
from dataclasses import dataclass

from reports.analysis.analysed import Analysis
from reports.analysis.standing import Standing
from reports.analysis.work import family_of, has_network, items_apart
from reports.page.anchors import anchor, evidence_anchor
from reports.words import units
from reports.words.matrix import LIMITED_MARK, MEANINGS, Entry, entry_of
from reports.words.runners import runner_names
from reports.words.surplus import surpluses
from results.format import WorkloadPlan, quantity_of

# More runners than these are no columns but stand in one, each row from its best to its slowest.
_MOST_COLUMNS = 4
_WITHOUT_NETWORK = "The parts of await, without a network"
_INVALID = "✕"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A contender in a workload: its ratio to the best and its own time, or what is in their place.

    `state` is the class that draws it: "fastest", "lowest", "slower", "open", "invalid", "plain".
    """

    contender: str
    link: str
    state: str
    symbol: str
    word: str
    figure: str
    interval: str
    time: str
    mark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One workload in one tier; `cells` stand in the order of the matrix's columns."""

    workload: str
    link: str
    measured: str
    cells: tuple[tuple[Told, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tier:
    """Workloads in which contenders are compared with each other."""

    heading: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Legend:
    """A symbol of the matrix and what it means; `state` is the class that draws it."""

    state: str
    symbol: str
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """The whole run; `legend` explains what occurs in it, and nothing else.

    `wrapped`: all runners stand in one column.
    """

    caption: str
    columns: tuple[str, ...]
    wrapped: bool
    tiers: tuple[Tier, ...]
    legend: tuple[Legend, ...]


def matrix_of(analysis: Analysis) -> Matrix:
    """Lay out the times that decide, with the comparisons where there are any."""
    runners = runner_names(analysis.run)
    wrapped = len(runners) > _MOST_COLUMNS
    columns = [set(runners)] if wrapped else [{runner} for runner in runners]
    found: dict[str, list[Line]] = {}
    for workload in analysis.run["workloads"]:
        for standing in analysis.standings[workload["name"]]:
            heading = _heading(analysis, workload, standing)
            found.setdefault(heading, []).append(_line(analysis, workload, standing, columns))
    tiers = tuple(Tier(heading=name, lines=tuple(lines)) for name, lines in found.items())
    told = [t for tier in tiers for line in tier.lines for cell in line.cells for t in cell]
    return Matrix(
        caption=_caption(analysis),
        columns=("From the lowest time to the highest",) if wrapped else tuple(runners.values()),
        wrapped=wrapped,
        tiers=tiers,
        legend=tuple(_legend(told)),
    )


def _caption(analysis: Analysis) -> str:
    if not analysis.compared:
        return "Each contender’s time, with its 95 % interval"
    return (
        "Each contender’s time, and what multiple of the lowest in its row that is, with its 95 % "
        "interval"
    )


def _heading(analysis: Analysis, workload: WorkloadPlan, standing: Standing) -> str:
    if not has_network(analysis.run, workload):
        return _WITHOUT_NETWORK
    return standing.heading


def _line(
    analysis: Analysis, workload: WorkloadPlan, standing: Standing, columns: Sequence[set[str]]
) -> Line:
    run, items = analysis.run, items_apart(analysis.run, workload)
    ranked = (*(place.contender for place in standing.places), *standing.without)
    runner_of = {plan["id"]: plan["runner"] for plan in run["contenders"]}
    if len(columns) > 1:
        ranked = tuple(contender for contender in runner_of if contender in ranked)
    per = f"per {family_of(run, workload)['item']}" if items > 1 else "an iteration"
    return Line(
        workload=workload["name"],
        link=anchor(workload, run),
        measured=f"{per}, {quantity_of(workload)}",
        cells=tuple(
            tuple(
                _told(analysis, workload, contender, items)
                for contender in ranked
                if runner_of[contender] in runners
            )
            for runners in columns
        ),
    )


def _told(analysis: Analysis, workload: WorkloadPlan, contender: str, items: int) -> Told:
    entry = entry_of(analysis, workload["name"], contender)
    limited = analysis.limited(workload["name"], contender)
    surplus = surpluses(analysis.run).get(contender, "")
    time = units.told(entry.time.over(items), "ns") if entry.time else None
    bare = entry.best or not entry.symbol
    return Told(
        contender=contender,
        link=evidence_anchor(workload, contender, analysis.run),
        state=_state(entry),
        symbol=entry.symbol,
        word=entry.word,
        figure="" if bare and time else entry.figure.removesuffix(f" {LIMITED_MARK}"),
        interval=time.interval if bare and time else entry.detail,
        time=time.value if time else "",
        mark=" ".join(filter(None, (LIMITED_MARK if limited else "", surplus))),
    )


def _state(entry: Entry) -> str:
    if entry.symbol == _INVALID:
        return "invalid"
    if not entry.symbol:
        return "plain"
    if entry.best:
        return "fastest" if entry.proven else "lowest"
    return "slower" if entry.proven else "open"


def _legend(told: Sequence[Told]) -> list[Legend]:
    states = {t.symbol: t.state for t in told}
    states |= {LIMITED_MARK: "plain" for t in told if LIMITED_MARK in t.mark}
    return [
        Legend(state=states[symbol], symbol=symbol, meaning=meaning)
        for symbol, meaning in MEANINGS.items()
        if symbol in states
    ]
