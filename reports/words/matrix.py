"""Workload by contender: everyone's time as a multiple of the best in the tier."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from reports.analysis.amounts import Amount
from reports.analysis.analysed import Analysis
from reports.analysis.grouping import shared_tables
from reports.analysis.standing import Against, Place, Standing, tier_heading, tiers
from reports.analysis.summary import Summary
from reports.analysis.verdict_rows import ComparisonRow
from reports.words import units

LIMITED_MARK = "†"
NOTHING = "–"

# Symbol and word for each way of comparing: no meaning rests on colour alone.
_WORDS = {
    Against.BEST: ("↓", "lowest"),
    Against.SLOWER: ("↑", "slower"),
    Against.EQUIVALENT: ("≈", "equivalent"),
    Against.UNDECIDED: ("?", "undecided"),
    Against.NOT_STEADY: ("∿", "not steady"),
    Against.NOT_COMPARED: ("", ""),
}

# What each symbol of a table says of a contender.
MEANINGS = {
    "✓": "proven faster than every other",
    "↓": "lowest, not proven faster than every other",
    "↑": "proven slower than the lowest",
    "≈": "equivalent to the lowest",
    "?": "undecided",
    "∿": "no verdict: one of the two was not steady",
    "✕": "failed, or invalid with the rules it broke",
    LIMITED_MARK: "the origin was busy over 80 % of the time",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One contender in one workload.

    `figure` is a time, a ratio like "1.80×", or what there is in place of one: "invalid" with the
    rules as its `detail`, "failed", "–"; else `detail` is the interval. `time` is its own, where it
    has one. `word`, after its `symbol`, says how it compares: "lowest", "slower", "not measured".
    `best` leads what it is compared with; `proven` is what the interval and all tests say.
    """

    figure: str
    detail: str = ""
    symbol: str = ""
    word: str = ""
    best: bool = False
    proven: bool = False
    time: Amount | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tier:
    """Contenders that are compared with each other; no heading where they are all there are."""

    heading: str | None
    contenders: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """One table; `entries` by (workload, contender)."""

    workloads: tuple[str, ...]
    tiers: tuple[Tier, ...]
    entries: dict[tuple[str, str], Entry]

    @property
    def tiered(self) -> bool:
        return any(tier.heading for tier in self.tiers)


def matrices_of(analysis: Analysis) -> tuple[Matrix, ...]:
    """Lay out the times that decide and the comparisons of a run: a table for each set of contenders."""
    return tuple(_matrix(analysis, *shared) for shared in shared_tables(analysis.run))


def caption_of(analysis: Analysis, matrices: Sequence[Matrix]) -> str:
    """What the figures of these tables are, as the end of a sentence without its full stop."""
    if not analysis.compared:
        return "time, with its 95 % interval"
    whose = " in its tier" if any(matrix.tiered for matrix in matrices) else ""
    return f"time as a multiple of the lowest{whose}, with its 95 % interval"


def in_brief(entry: Entry) -> tuple[str, str]:
    """A figure and what stands beside it, where there is room for two: the best's word and time."""
    if not entry.best:
        return entry.figure, entry.detail
    time, limited, _ = entry.figure.partition(f" {LIMITED_MARK}")
    return f"{entry.word}{limited}", time


def marked(entry: Entry) -> tuple[str, str]:
    """The same, with its symbol before the figure."""
    figure, detail = in_brief(entry)
    return f"{entry.symbol} {figure}".strip(), detail


def legend_of(matrices: Sequence[Matrix]) -> str:
    """What the symbols in these tables mean; nothing of those that are not there."""
    entries = [entry for matrix in matrices for entry in matrix.entries.values()]
    met = {entry.symbol for entry in entries}
    met |= {LIMITED_MARK for entry in entries if entry.figure.endswith(LIMITED_MARK)}
    return " · ".join(f"{mark} {meaning}" for mark, meaning in MEANINGS.items() if mark in met)


def sentences_of(summary: Summary, workload: str) -> list[ComparisonRow]:
    """The rows of one workload that have a sentence, in the order of the summary."""
    return [
        row
        for row in summary["comparisons"]
        if row["workload"] == workload and row["sentence"] is not None
    ]


def _matrix(analysis: Analysis, workloads: tuple[str, ...], contenders: tuple[str, ...]) -> Matrix:
    tier_of = {contender["id"]: contender["tier"] for contender in analysis.run["contenders"]}
    return Matrix(
        workloads=workloads,
        tiers=tuple(
            Tier(heading=tier_heading(tier) if tier else None, contenders=own)
            for tier in tiers(analysis.run)
            if (own := tuple(c for c in contenders if tier_of[c] == tier))
        ),
        entries={(w, c): entry_of(analysis, w, c) for w in workloads for c in contenders},
    )


def entry_of(analysis: Analysis, workload: str, contender: str) -> Entry:
    """What is said of one contender in one workload."""
    if failed := analysis.notes.unanswered.get((workload, contender)):
        return Entry(figure="failed", detail=f"{failed} of {failed} pings", symbol="✕")
    for standing in analysis.standings[workload]:
        for place in standing.places:
            if place.contender == contender:
                limited = analysis.limited(workload, contender)
                return _placed(place, standing, f" {LIMITED_MARK}" if limited else "")
        if broken := [row["rule"] for row in standing.broken if row["contender"] == contender]:
            return Entry(figure="invalid", detail=", ".join(broken), symbol="✕")
    return Entry(figure=NOTHING, word="not measured")


def _placed(place: Place, standing: Standing, mark: str) -> Entry:
    symbol, word = _WORDS[place.against]
    best = place.against is Against.BEST
    alone = best or place.comparison is None
    text = units.told(place.time, "ns") if alone else units.ratio(*place.ratio.numbers)
    bare = Entry(figure=f"{text.value}{mark}", detail=text.interval, time=place.time)
    if alone and all(other.comparison is None for other in standing.places):
        return bare
    return replace(
        bare,
        symbol="✓" if best and standing.proven else symbol,
        word="fastest" if best and standing.proven else word,
        best=alone,
        proven=standing.proven if best else place.against is Against.SLOWER,
    )
