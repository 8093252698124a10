"""Who stands where among the contenders of one workload and tier: the summary, seen from the best.

The table, the charts and the page's first lines all say the same because they all ask here.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from reports.analysis.amounts import Amount
from reports.analysis.estimates import amount_of
from reports.analysis.signed_rank import Interval
from reports.analysis.summary import Summary, planned_contenders
from reports.analysis.validity import InvalidRow
from reports.analysis.verdict_rows import ComparisonRow
from reports.analysis.verdicts import within_margin
from results.format import RunFile, decisive_metric

# The contract's tiers, in the order in which a person who chooses a library asks for them.
_TIERS = {"client": "HTTP libraries (client tier)", "raw": "Bare sockets (raw tier)"}


class Against(StrEnum):
    """How a contender compares with the best of its tier."""

    BEST = "best"
    SLOWER = "slower"
    EQUIVALENT = "equivalent"
    UNDECIDED = "undecided"
    NOT_STEADY = "not steady"
    NOT_COMPARED = "not compared"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One contender with a number: its `time` in the metric that decides, ns. `ratio` is that over
    the best one's, which has 1 alone.

    `comparison` is the summary's row with the best; None for the best and where there is none.
    `within_margin`: the ratio's 95 % interval lies within the run's margin of equivalence.
    """

    contender: str
    time: Amount
    against: Against
    ratio: Amount
    comparison: ComparisonRow | None
    within_margin: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One workload and tier: `places` by estimate, the best first; `without` have no number.

    Nor have those that were never answered: how fast pings fail is no time of theirs.
    `twins` make the same calls as the best, in another style.
    """

    workload: str
    tier: str | None
    heading: str
    places: tuple[Place, ...]
    without: tuple[str, ...]
    broken: tuple[InvalidRow, ...]
    twins: frozenset[str]

    @property
    def barely(self) -> bool:
        """Whether the nearest rival was proven slower, and by no more than the margin of equivalence."""
        return bool(self.rivals) and self.rivals[0].within_margin

    @property
    def rivals(self) -> tuple[Place, ...]:
        """The others, without the best one's twins where anybody else is there."""
        apart = tuple(p for p in self.places[1:] if p.contender not in self.twins)
        return apart or self.places[1:]

    @property
    def won(self) -> bool:
        """Whether the best was proven faster than all rivals."""
        return bool(self.rivals) and all(p.against is Against.SLOWER for p in self.rivals)

    @property
    def proven(self) -> bool:
        """Whether the best was proven faster than every other contender here."""
        others = self.places[1:]
        return bool(others) and all(place.against is Against.SLOWER for place in others)


def standings(
    run: RunFile, summary: Summary, workload: str, unanswered: Collection[str] = ()
) -> tuple[Standing, ...]:
    """One standing per tier that takes part in `workload`; every ping of `unanswered` failed there."""
    metric = next(decisive_metric(w) for w in run["workloads"] if w["name"] == workload)
    times = {
        row["contender"]: amount_of(row)
        for row in summary["estimates"]
        if (row["workload"], row["metric"]) == (workload, metric)
        and row["contender"] not in unanswered
    }
    compared = {
        frozenset((row["a"], row["b"])): row
        for row in summary["comparisons"]
        if row["workload"] == workload and row["metric"] == metric
    }
    tier_of = {contender["id"]: contender["tier"] for contender in run["contenders"]}
    found = []
    for tier in tiers(run):
        own = [c for c in planned_contenders(run)[workload] if tier_of[c] == tier]
        ranked = _ranked([c for c in own if c in times], times, compared)
        places = (
            _place(who, ranked[0], times, compared.get(frozenset((who, ranked[0]))), run["delta"])
            for who in ranked
        )
        broken = (r for r in summary["invalid"] if r["workload"] == workload)
        if own:
            found.append(
                Standing(
                    workload=workload,
                    tier=tier,
                    heading=tier_heading(tier),
                    places=tuple(places),
                    without=tuple(c for c in own if c not in times),
                    broken=tuple(row for row in broken if row["contender"] in own),
                    twins=_twins(run, ranked[0]) if ranked else frozenset(),
                )
            )
    return tuple(found)


def _ranked(
    own: Sequence[str],
    times: Mapping[str, Amount],
    compared: Mapping[frozenset[str], ComparisonRow],
) -> list[str]:
    """By time; but the first is whoever was proven faster than the lowest.

    Who lost a block that was slow for everybody has a lower time than the blocks that both have say.
    """
    ranked = sorted(own, key=lambda c: times[c].value)
    for who in ranked[1:]:
        row = compared.get(frozenset((who, ranked[0])))
        if row is not None and row["verdict"] == ("a faster" if row["a"] == who else "b faster"):
            return [who, *(c for c in ranked if c != who)]
    return ranked


def _twins(run: RunFile, who: str) -> frozenset[str]:
    pairs = [{plan["id"], plan["twin"]} for plan in run["contenders"] if "twin" in plan]
    return frozenset().union(*(pair - {who} for pair in pairs if who in pair))


def tiers(run: RunFile) -> tuple[str | None, ...]:
    """The run's tiers: the contract's first, others as they come, None last."""
    met = dict.fromkeys(contender["tier"] for contender in run["contenders"])
    known = [tier for tier in _TIERS if tier in met]
    others = [tier for tier in met if tier is not None and tier not in _TIERS]
    return (*known, *others, *([None] if None in met else []))


def tier_heading(tier: str | None) -> str:
    """What a person reads for a tier."""
    if tier is None:
        return "All contenders"
    return _TIERS.get(tier, f"{tier} tier")


def _place(
    who: str, best: str, times: Mapping[str, Amount], row: ComparisonRow | None, delta: float
) -> Place:
    ratio = Amount(times[who].value / times[best].value)
    if row is not None and row["ratio"] is not None:
        ratio = Amount(row["ratio"], row["low"], row["high"])  # b's time over a's
        ratio = ratio.inverse() if row["b"] == best else ratio
    _, *interval = ratio.numbers
    return Place(
        contender=who,
        time=times[who],
        against=Against.BEST if who == best else _against(row, who),
        ratio=ratio,
        comparison=row,
        within_margin=bool(interval) and within_margin(Interval(*interval), delta),
    )


def _against(row: ComparisonRow | None, who: str) -> Against:
    verdict = None if row is None else row["verdict"]
    if row is None or verdict is None:
        return Against.NOT_COMPARED
    if verdict in ("equivalent", "not steady"):
        return Against(verdict)
    slower = "b faster" if row["a"] == who else "a faster"
    # The medians of blocks and of ratios may, rarely, rank two close contenders differently.
    return Against.SLOWER if verdict == slower else Against.UNDECIDED
