"""What is said first of all: what a person gave by hand, the null arm, and who had no steady pace."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from reports.analysis.analysed import Analysis
from reports.analysis.null_arm import LEVEL, NullRow
from reports.analysis.runtimes import cpus_of
from reports.analysis.steadiness import MOST, Pace
from reports.analysis.summary import planned_contenders
from reports.analysis.twins import TwinRow
from reports.analysis.work import free_cpus, has_network
from reports.words import units
from reports.words.workloads import counted
from results.format import length_of

# Nobody reads forty ratios: those furthest from 1 are told, and how many more there are.
_MOST_RATIOS = 4
_MOST_NAMES = 8

# Said of those whose pace has an interval, which needs six blocks.
_TOLD = {
    Pace.WARMING: "Still warming up while they were measured, and so without a verdict",
    Pace.SLOWING: "Became slower while they were measured, and so without a verdict",
    Pace.UNSETTLED: "Not shown to settle by their studies, and so without a verdict",
    Pace.UNKNOWN: f"May have drifted by more than {units.percent(MOST)} while they were measured, "
    "and so without a verdict",
    Pace.NOT_STUDIED: "Flat while they were measured, but without a study that shows whether they "
    "have settled (the command warm-up makes one)",
}


def trust_lines(analysis: Analysis) -> list[str]:
    """How far the figures can be trusted: said before everything else."""
    return [
        *_given_by_hand(analysis),
        *_null_arm(analysis),
        *_twins(analysis),
        *_shown(analysis),
        *_machine(analysis),
        *_one_cpu(analysis),
        *_cut(analysis),
        *_paces(analysis),
    ]


def told_cells(analysis: Analysis, cells: Iterable[tuple[str, str]]) -> str:
    """(workload, contender) as "survey (Node http, Node net); parallel (every contender)"."""
    planned = planned_contenders(analysis.run)
    found = defaultdict(list)
    for workload, contender in cells:
        found[workload].append(contender)
    if len(found) > 1 and all(set(found.get(w, ())) == set(own) for w, own in planned.items()):
        return "every contender in every workload"
    return "; ".join(
        f"{workload} ({_names(analysis, own, planned[workload])})"
        for workload, own in found.items()
    )


def _names(analysis: Analysis, contenders: list[str], planned: list[str]) -> str:
    if len(planned) > 1 and set(contenders) == set(planned):
        return "every contender"
    return ", ".join(analysis.labels[contender] for contender in contenders)


def _given_by_hand(analysis: Analysis) -> Iterator[str]:
    given = analysis.run.get("override")
    if given is None:
        return
    parts = (("warm-up", given["warmup"]), ("window", given["measure"]))
    told = " and a ".join(f"{what} of {n:,} iterations" for what, n in parts if n is not None)
    yield f"A {told} given by hand, in place of what studies and this machine's pace ask for"


def _null_arm(analysis: Analysis) -> Iterator[str]:
    rows = sorted(
        analysis.summary["null_arm"], key=lambda row: -max(row["ratio"], 1 / row["ratio"])
    )
    for row in rows:
        if row["alarm"]:
            yield (
                f"Alarm: in {row['workload']} {analysis.labels[row['contender']]} differs from itself, "
                f"{_ratio(row)}: this machine made a difference of nothing, so that "
                "differences of this size mean nothing here"
            )
    quiet = [
        f"{row['workload']}, {analysis.labels[row['contender']]} {_ratio(row)}"
        for row in rows
        if not row["alarm"]
    ]
    if quiet:
        yield f"Null arm, a contender against itself: {_furthest(quiet)}"


def _furthest(ratios: list[str]) -> str:
    more = len(ratios) - _MOST_RATIOS
    told = "; ".join(ratios[:_MOST_RATIOS])
    return f"{told}; {more} more lie nearer to 1" if more > 0 else told


def _twins(analysis: Analysis) -> Iterator[str]:
    """What the same calls in two styles made of this run: they should differ by next to nothing."""
    quiet: dict[str, list[TwinRow]] = defaultdict(list)
    for row in sorted(
        analysis.summary["twins"], key=lambda row: -max(row["ratio"], 1 / row["ratio"])
    ):
        who = f"{analysis.labels[row['a']]} and {analysis.labels[row['b']]}"
        if row["alarm"]:
            yield (
                f"Alarm: in {row['workload']} {who}, the same calls in two styles, are proven "
                f"apart by more than the margin, {_twin_ratio(row)}: what made that difference "
                "may have made others of its size"
            )
        else:
            quiet[who].append(row)
    if len(quiet) == 1:
        ((who, rows),) = quiet.items()
        told = [f"{row['workload']} {_twin_ratio(row)}" for row in rows]
        yield f"{who}, the same calls in two styles: {_furthest(told)}"
    elif quiet:  # several versions of a runtime have each a pair
        pairs = [(row, who) for who, rows in quiet.items() for row in rows]
        pairs.sort(key=lambda pair: -max(pair[0]["ratio"], 1 / pair[0]["ratio"]))
        told = [f"{row['workload']}, {who} {_twin_ratio(row)}" for row, who in pairs]
        yield f"The same calls in two styles: {_furthest(told)}"


def _twin_ratio(row: TwinRow) -> str:
    shown = units.ratio(row["ratio"], row["low"], row["high"])
    return f"{shown.value} (95 % interval {shown.interval})" if shown.interval else shown.value


def _shown(analysis: Analysis) -> Iterator[str]:
    known = analysis.run.get("shown")
    if known is None:
        return
    smallest = known["smallest"]
    told = "no difference below a factor of two"
    if smallest is not None:
        told = f"a difference of {units.percent(smallest)} four times out of five"
    yield f"Such a run on this machine shows {told}, as calibrated on {known['calibrated']}"


def _ratio(row: NullRow) -> str:
    shown = units.ratio(row["ratio"], row["low"], row["high"])
    level = f"{100 * LEVEL:.4g} %"
    return f"{shown.value} ({level} interval {shown.interval})" if shown.interval else shown.value


def _machine(analysis: Analysis) -> Iterator[str]:
    """Where everybody drifted alike, in whatever language, no program's warm-up explains it."""
    paces = defaultdict(list)
    for row in analysis.summary["paces"]:
        paces[row["workload"]].append(Pace(row["pace"]))
    for pace, how in ((Pace.SLOWING, "slower"), (Pace.WARMING, "faster")):
        where = [w for w, found in paces.items() if len(found) > 1 and {*found} == {pace}]
        if where:
            yield (
                f"Every contender became {how} while it was measured in {', '.join(where)}: look at "
                "the machine first"
            )


def _one_cpu(analysis: Analysis) -> Iterator[str]:
    """Whoever had one CPU shares it with his own compiler and collector."""
    run = analysis.run
    network = [w["name"] for w in run["workloads"] if has_network(run, w)]
    alone = len(free_cpus(run)) == 1
    if not (alone or (network and len(run["placement"]["programs"]) == 1)):
        return
    told: dict[int, dict[str, None]] = defaultdict(dict)
    order = [*analysis.labels]
    found = sorted(cpus_of(analysis.folder).items(), key=lambda each: order.index(each[0][1]))
    for (workload, contender), counts in found:
        if alone or workload in network:
            for count in counts:
                told[count][analysis.labels[contender]] = None
    if not told:  # a run of before, or programs that do not say
        return
    # Of those who agree with most a list would be long, and says nothing of anybody.
    most = max(told, key=lambda count: len(told[count]))
    rest = most if len(told) > 1 and len(told[most]) > _MOST_NAMES else None
    parts = [
        f"{counted(count, 'CPU')}: {', '.join(who)}"
        for count, who in sorted(told.items())
        if count != rest
    ]
    if rest is not None:
        parts.append(f"{counted(rest, 'CPU')}: the others")
    believed = "; ".join(parts)
    yield (
        f"{'Programs' if alone else 'Ping programs'} had one CPU, on which a runtime also compiles "
        "and collects: with two, warming up may be shorter and stalls fewer. What their runtimes "
        f"believe they have: {believed}"
    )


def _cut(analysis: Analysis) -> Iterator[str]:
    cut = [
        (workload, contender)
        for workload in analysis.run["workloads"]
        for contender, study in workload.get("studies", {}).items()
        if study["cut"]
    ]
    if not cut:
        return
    cells = [(workload["name"], contender) for workload, contender in cut]
    lengths = [length_of(workload, contender)["warmup"] for workload, contender in cut]
    span = (
        f"{min(lengths):,}" if len(set(lengths)) == 1 else f"{min(lengths):,} to {max(lengths):,}"
    )
    yield (
        f"Warm-up was cut to fit the time or the limit of a process, to {span} iterations, in "
        f"{told_cells(analysis, cells)}"
    )


def _paces(analysis: Analysis) -> Iterator[str]:
    for pace, what in _TOLD.items():
        cells = [
            (row["workload"], row["contender"])
            for row in analysis.summary["paces"]
            if row["pace"] == pace and row["low"] is not None
        ]
        if cells:
            yield f"{what}: {told_cells(analysis, cells)}"
