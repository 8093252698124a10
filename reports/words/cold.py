"""Cold and warm side by side: who leads when run once, young and warm, where that turns."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from reports.analysis.amounts import Amount
from reports.analysis.analysed import Analysis
from reports.analysis.break_even_rows import BreakEvenRow
from reports.analysis.once import once_times
from reports.analysis.standing import Standing
from reports.analysis.work import has_network
from reports.words import units
from reports.words.break_even import told_break_even
from results.format import WorkloadPlan, quantity_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """One part of a process's life: who leads then, and the time with its interval."""

    name: str
    who: str
    figure: str
    interval: str


def cold_and_warm(analysis: Analysis, standing: Standing) -> tuple[tuple[Phase, ...], str]:
    """The phases where another one surely leads earlier in life, and the sentence on when it turns.

    No phases where the leader is the same throughout; the sentence then is that on the two best.
    """
    told = told_break_even(analysis, standing)
    workload = next(w for w in analysis.run["workloads"] if w["name"] == standing.workload)
    if len(standing.places) < 2 or not has_network(analysis.run, workload):
        return (), told
    best = standing.places[0]
    earlier = [*_earlier(analysis, standing, workload)]
    if not earlier:
        return (), told
    row = _row(analysis, standing.workload, earlier[0].who, best.contender)
    warm = _phase(quantity_of(workload).capitalize(), best.contender, best.time)
    return (*earlier, warm), row["sentence"] if row else told


def _earlier(analysis: Analysis, standing: Standing, workload: WorkloadPlan) -> Iterator[Phase]:
    """Run once, and young where verdicts are about more: the parts with another leader."""
    name, best = standing.workload, standing.places[0].contender
    places = [place.contender for place in standing.places]
    times = once_times(analysis.frames.iterations, name)
    once = {who: times[who] for who in places if who in times}
    first = _leader(once)
    if first != best and _led_once(_row(analysis, name, first, best), first):
        yield _phase("Run once", first, once[first])
    if quantity_of(workload) != "steady":
        return
    young = {who: own for who in places if (own := analysis.estimate(name, who, "young"))}
    first = _leader(young)
    if first != best and _proven_young(analysis, name, first, best):
        yield _phase("Young", first, young[first])


def _leader(times: Mapping[str, Amount]) -> str:
    """Whose time is the lowest; nobody of none."""
    return min(times, key=lambda who: times[who].value, default="")


def _row(analysis: Analysis, workload: str, who: str, best: str) -> BreakEvenRow | None:
    for row in analysis.summary["break_even"]:
        if row["workload"] == workload and {row["a"], row["b"]} == {who, best}:
            return row
    return None


def _led_once(row: BreakEvenRow | None, who: str) -> bool:
    """Whether the whole interval of one run is on the side of `who`."""
    if row is None or row["once_low"] is None or row["once_high"] is None:
        return False
    return row["once_low"] > 1 if row["a"] == who else row["once_high"] < 1


def _proven_young(analysis: Analysis, workload: str, who: str, best: str) -> bool:
    """Whether the whole interval of the young times is on the side of `who`."""
    for row in analysis.summary["comparisons"]:
        if (row["workload"], row["metric"]) == (workload, "young"):
            if {row["a"], row["b"]} == {who, best}:
                low, high = row["low"], row["high"]
                if low is None or high is None:
                    return False
                return low > 1 if row["a"] == who else high < 1
    return False


def _phase(name: str, who: str, time: Amount) -> Phase:
    text = units.told(time, "ns")
    interval = text.interval.rpartition(" ")[0]  # in the unit of the figure, which stands above it
    return Phase(name=name, who=who, figure=text.value, interval=interval)
