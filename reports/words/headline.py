"""The run in one sentence, for a reader with ten seconds."""

from collections import Counter
from collections.abc import Sequence

from reports.analysis.analysed import Analysis
from reports.analysis.standing import Against, Standing
from reports.words import units
from reports.words.listed import listed
from reports.words.quantities import workload_quantity
from results.format import quantity_of

# More names than these are a number.
_MOST_NAMES = 3


def headline(analysis: Analysis) -> str:
    """Who leads where, by how much and how surely; without a full stop."""
    measured = [s for own in analysis.standings.values() for s in own if s.places]
    if not measured:
        return "Nothing was measured"
    proven = [standing for standing in measured if standing.won]
    # A lead within the margin is of use to nobody, and told where nothing else is proven.
    clear = [standing for standing in proven if not standing.barely]
    widest, told = _widest(measured)
    if clear or (proven and widest <= 1 + analysis.run["delta"]):
        return _winner(analysis, proven, clear or proven)
    if not analysis.compared:
        return _lowest(analysis, measured[0])
    beyond = f" by more than {units.percent(analysis.run['delta'])}" if proven else ""
    return f"No contender is proven fastest{beyond}; {told or _nearest(analysis, measured)}"


def _winner(analysis: Analysis, proven: Sequence[Standing], clear: Sequence[Standing]) -> str:
    """The one whose lead is proven and clear most often: where, how far ahead, and where nobody's is."""
    counts = Counter(standing.places[0].contender for standing in clear)
    # Of those who lead equally often, the one whose lead is surely the largest.
    who = max(clear, key=lambda s: (counts[s.places[0].contender], _surely(s))).places[0].contender
    own = [standing for standing in proven if standing.places[0].contender == who]
    count, names = len(own), [standing.workload for standing in own]
    if count == 1:
        comparison = own[0].rivals[0].comparison
        told = (comparison and comparison["sentence"]) or ""
        return f"In {names[0]}, {told}{_open(analysis, proven)}"
    part = sum(any(p.contender == who for p in analysis.places(w)) for w in analysis.standings)
    where = listed(names) if count <= _MOST_NAMES else f"{count} of its {part} workloads"
    ahead = sorted((s.rivals[0].ratio for s in own), key=lambda ratio: ratio.value)
    least, most = (units.ratio(*ratio.numbers).value for ratio in (ahead[0], ahead[-1]))
    times = least if least == most else f"{least} to {most}"
    wide = [ratio for ratio in ahead if ratio.low is not None and ratio.high is not None]
    evidence = f"{_quantities(analysis, names)}, {analysis.run['blocks']} blocks"
    if wide:
        low = units.ratio(*min(wide, key=lambda ratio: ratio.low or 0.0).numbers).interval
        high = units.ratio(*max(wide, key=lambda ratio: ratio.high or 0.0).numbers).interval
        shown = f"{low.partition('–')[0]}–{high.partition('–')[2]}"
        evidence = f"95 % intervals within {shown}, {evidence}"
    return (
        f"{analysis.labels[who]} is proven fastest in {where}, {times} as fast as the next "
        f"({evidence}){_open(analysis, proven)}"
    )


def _surely(standing: Standing) -> float:
    """By how much the best leads at least."""
    ratio = standing.rivals[0].ratio
    return ratio.value if ratio.low is None else ratio.low


def _open(analysis: Analysis, proven: Sequence[Standing]) -> str:
    """In how many workloads, by tier, nobody is proven fastest."""
    compared = sum(len(s.places) > 1 for own in analysis.standings.values() for s in own)
    left = compared - len(proven)
    return f"; {left} of {compared} rankings stay open" if left else ""


def _widest(measured: Sequence[Standing]) -> tuple[float, str]:
    """The largest difference that is proven, by its near end, and its words; none where none is."""
    said = [
        (place.ratio.low, standing.workload, place.comparison["sentence"])
        for standing in measured
        for place in standing.places
        if place.against is Against.SLOWER
        and place.ratio.low is not None
        and place.comparison is not None
        and place.comparison["sentence"] is not None
    ]
    if not said:
        return 1.0, ""
    low, workload, sentence = max(said)
    return low, f"in {workload}, {sentence}"


def _nearest(analysis: Analysis, measured: Sequence[Standing]) -> str:
    """The closest pair of leaders of which anything is said; else the first lowest time."""
    said = [
        (max(row["high"], 1 / row["low"]), standing.workload, row["sentence"])
        for standing in measured
        if standing.rivals
        and (row := standing.rivals[0].comparison) is not None
        and row["verdict"] in ("undecided", "equivalent")
        and row["low"] is not None
        and row["high"] is not None
        and row["sentence"] is not None
    ]
    if not said:
        return f"lowest: {_lowest(analysis, measured[0])}"
    _, workload, sentence = min(said)
    return f"in {workload}, {sentence}"


def _lowest(analysis: Analysis, standing: Standing) -> str:
    best = standing.places[0]
    shown = units.told(best.time, "ns")
    interval = f" (95 % interval {shown.interval})" if shown.interval else ""
    return (
        f"{analysis.labels[best.contender]}, {shown.value} for an iteration of "
        f"{standing.workload}{interval}"
    )


def _quantities(analysis: Analysis, names: Sequence[str]) -> str:
    """What the verdicts of these workloads are about: "steady", "young and steady"."""
    plans = [plan for plan in analysis.run["workloads"] if plan["name"] in names]
    told = dict.fromkeys(quantity_of(p) if len(plans) > 1 else workload_quantity(p) for p in plans)
    return listed(list(told))
