"""Workload by contender: each contender's time as a multiple of the lowest in its tier."""

from collections.abc import Sequence
from dataclasses import dataclass

from results.format import RunFile
from reports.analysis.grouping import Shared, shared_tables
from reports.words.notes import Notes
from reports.analysis.standing import Against, Place, Standing, standings, tier_heading, tiers
from reports.analysis.summary import ComparisonRow, Summary
from reports.words.units import quantity, ratio

LIMITED_MARK = "†"
LIMITED_LEGEND = f"{LIMITED_MARK} origin-limited: the origin was busy over 80 % of the time"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One contender in one workload: "1.80×" and "1.71–1.90", or "lowest" and its time."""

    figure: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tier:
    """Contenders that are compared with each other."""

    key: str | None
    heading: str
    contenders: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """One table; `cells` by (workload, contender), none where there is no number nor a rule."""

    workloads: tuple[str, ...]
    tiers: tuple[Tier, ...]
    labels: dict[str, str]
    cells: dict[tuple[str, str], Cell]
    limited: bool


def matrices_of(summary: Summary, run: RunFile, notes: Notes) -> tuple[Matrix, ...]:
    """Lay out the `real` estimates and comparisons of a run: a table for each set of contenders."""
    return tuple(_matrix(summary, run, notes, shared) for shared in shared_tables(run))


def _matrix(summary: Summary, run: RunFile, notes: Notes, shared: Shared) -> Matrix:
    cells: dict[tuple[str, str], Cell] = {}
    for workload in shared.workloads:
        for standing in standings(run, summary, workload):
            cells |= {(workload, who): cell for who, cell in _cells(standing).items()}
    for place, pings in notes.unanswered.items():
        if place in cells:
            cells[place] = Cell(figure="failed", detail=f"{pings} of {pings} pings")
    limited = set(notes.origin_limited) & set(cells)
    for place in limited:
        marked = f"{cells[place].figure} {LIMITED_MARK}"
        cells[place] = Cell(figure=marked, detail=cells[place].detail)
    return Matrix(
        workloads=shared.workloads,
        tiers=_tiers(run, shared.contenders),
        labels={contender["id"]: contender["label"] for contender in run["contenders"]},
        cells=cells,
        limited=bool(limited),
    )


def sentences_of(summary: Summary, workload: str) -> list[ComparisonRow]:
    """The rows of one workload that have a sentence, in the order of the summary."""
    return [
        row
        for row in summary["comparisons"]
        if row["workload"] == workload and row["sentence"] is not None
    ]


def caption_of(summary: Summary, matrices: Sequence[Matrix]) -> str:
    """What the figures of the tables are."""
    if summary["comparisons"]:
        tiered = any(tier.key is not None for matrix in matrices for tier in matrix.tiers)
        whose = " in its tier" if tiered else ""
        return f"Time as a multiple of the lowest{whose}, with its 95 % interval."
    return "Time, with its 95 % interval."


def _tiers(run: RunFile, contenders: Sequence[str]) -> tuple[Tier, ...]:
    """The tiers of those contenders alone."""
    tier_of = {contender["id"]: contender["tier"] for contender in run["contenders"]}
    return tuple(
        Tier(key=tier, heading=tier_heading(tier), contenders=own)
        for tier in tiers(run)
        if (own := tuple(name for name in contenders if tier_of[name] == tier))
    )


def _cells(standing: Standing) -> dict[str, Cell]:
    """Each contender's cell in one workload; those without a number show the rules they broke."""
    compared = any(place.comparison is not None for place in standing.places)
    cells = {place.contender: _placed(place, compared) for place in standing.places}
    for row in standing.broken:
        before = cells.get(row["contender"])
        rules = f"{before.detail}, {row['rule']}" if before else row["rule"]
        cells[row["contender"]] = Cell(figure="invalid", detail=rules)
    return cells


def _placed(place: Place, compared: bool) -> Cell:
    real = place.real
    time = quantity(real["value"], real["unit"], real["low"], real["high"])
    if place.against is Against.BEST and compared:
        return Cell(figure="lowest", detail=time.value)
    if place.comparison is None:
        return Cell(figure=time.value, detail=time.interval)
    shown = ratio(place.ratio, place.low, place.high)
    return Cell(figure=shown.value, detail=shown.interval)
