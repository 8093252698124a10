"""What each chart shows, in a sentence or two: what is said to those who cannot see it."""

from collections.abc import Collection, Mapping, Sequence

from reports.analysis.analysed import Analysis
from reports.analysis.costs import Cost
from reports.analysis.derived import DerivedFigure
from reports.analysis.latencies import Latencies
from reports.analysis.lives import Life
from reports.analysis.standing import Against, Place, Standing
from reports.analysis.traces import Trace
from reports.analysis.work import items_apart
from reports.words import units
from reports.words.paces import pace_words
from results.format import WorkloadPlan

_MOST = 8  # told one by one; of more the ends


def overview_finding(analysis: Analysis, workloads: Collection[str]) -> str:
    """Who has the lowest times in these workloads, and by how much the next one is behind."""
    told = []
    for plan in analysis.run["workloads"]:
        for standing in analysis.standings[plan["name"]] if plan["name"] in workloads else ():
            if any(place.comparison is not None for place in standing.places):
                best, second = standing.places[:2]
                word = "fastest" if standing.proven else "lowest"
                time = units.told(best.time.over(items_apart(analysis.run, plan)), "ns").value
                told.append(
                    f"{plan['name']}, {standing.heading}: {analysis.labels[best.contender]} {word}, "
                    f"{time}, then {_placed(analysis, second)}"
                )
    return f"{'; '.join(told)}." if told else ""


def standing_finding(analysis: Analysis, workload: WorkloadPlan) -> str:
    """Who is how many times the lowest, tier by tier."""
    standings = [s for s in analysis.standings[workload["name"]] if s.places]
    return " ".join(_standing(analysis, standing, len(standings) > 1) for standing in standings)


def _standing(analysis: Analysis, standing: Standing, tiered: bool) -> str:
    best, *others = standing.places
    label, time = analysis.labels[best.contender], units.told(best.time, "ns").value
    word = "is fastest" if standing.proven else "has the lowest time"
    told = f"{label} {word}, {time}"
    if tiered:
        told = f"{standing.heading}: {told}"
    if any(place.comparison is None for place in others):
        rest = [f"{analysis.labels[p.contender]} {units.told(p.time, 'ns').value}" for p in others]
    else:
        rest = [_placed(analysis, place) for place in others]
    return f"{'; '.join([told, *_few(rest)])}."


def _placed(analysis: Analysis, place: Place) -> str:
    shown = units.ratio(*place.ratio.numbers)
    words = {
        Against.SLOWER: "slower",
        Against.EQUIVALENT: "equivalent",
        Against.UNDECIDED: "undecided",
        Against.NOT_STEADY: "not steady, no verdict",
    }
    word = words.get(place.against, "")
    return f"{analysis.labels[place.contender]} {shown}" + (f", {word}" if word else "")


def tail_finding(analysis: Analysis, found: Mapping[str, Latencies]) -> str:
    """The median and the 99th hundredth of everybody, and how far apart the two are."""
    told = []
    for contender, own in found.items():
        middle, slow = own.at(0.5), own.at(0.99)
        text = f"{analysis.labels[contender]} {units.quantity(middle or 0, 'ns').value}"
        if slow is not None and middle:
            text += f", 99 % within {units.quantity(slow, 'ns').value} ({slow / middle:.1f} times)"
        told.append(text)
    return f"Half of the pings took no longer than: {'; '.join(_few(told))}."


def iteration_finding(analysis: Analysis, traces: Sequence[Trace]) -> str:
    """How long the drawn iterations took, and which share of the pings' time was the origin's."""
    told = []
    for trace in traces:
        text = f"{analysis.labels[trace.contender]} {units.quantity(trace.real_ns, 'ns').value}"
        if not analysis.live and trace.sum_ns:
            share = trace.at_origin_ns / trace.sum_ns
            told_share = units.percent(round(share, 2)) if share >= 0.01 else "under 1 %"
            text += f", {told_share} at the origin"
        told.append(text)
    return f"The iterations nearest to the estimates: {'; '.join(_few(told))}."


def life_finding(analysis: Analysis, lives: Sequence[Life]) -> str:
    """How much longer the first iteration takes, and who kept the pace."""
    told = []
    for each in lives:
        text = (
            f"{analysis.labels[each.contender]} {each.whole.median[0] / each.estimate_ns:.1f} times"
        )
        told.append(text + (f", {pace_words(each.pace)}" if each.pace is not None else ""))
    return f"The first iteration over the estimate: {'; '.join(_few(told))}."


def cost_finding(analysis: Analysis, sides: Mapping[str, Sequence[Cost]]) -> str:
    """Who is fastest, who is cheapest, and by how much."""
    told = []
    for heading, costs in sides.items():
        fastest, cheapest = costs[0], min(costs, key=lambda cost: cost.cost.value)
        name = analysis.labels[fastest.contender]
        if cheapest is fastest:
            told.append(f"{heading}: {name} has the lowest time and needs least.")
        else:
            more = units.ratio(fastest.cost.value / cheapest.cost.value).value
            slower = units.ratio(cheapest.time.value / fastest.time.value).value
            told.append(
                f"{heading}: {analysis.labels[cheapest.contender]} needs least and takes {slower} as long "
                f"as {name}, which has the lowest time and needs {more} as much."
            )
    return " ".join(told)


def figure_finding(analysis: Analysis, figure: DerivedFigure) -> str:
    """The lowest and the highest of a family's figure, workload by workload."""
    told = []
    for part in figure.parts:
        ranked = sorted(part.amounts.items(), key=lambda found: found[1].value)
        if ranked:
            ends = [ranked[0], ranked[-1]][: len(ranked)]
            texts = [
                f"{analysis.labels[who]} {units.told(amount, figure.plan['unit'])}"
                for who, amount in dict(ends).items()
            ]
            told.append(f"{part.workload}: {' to '.join(texts)}")
    return f"From the lowest to the highest: {'; '.join(told)}." if told else ""


def _few(told: Sequence[str]) -> list[str]:
    """All of them, or of many the first ones and how many there are more."""
    if len(told) <= _MOST:
        return list(told)
    return [*told[: _MOST - 1], f"and {len(told) - _MOST + 1} more"]
