"""Workload by contender: each contender's time as a multiple of the lowest in its tier."""

from dataclasses import dataclass

from benchmarks.results_format import RunFile
from reports.notes import Notes
from reports.standing import Against, Place, Standing, standings, tier_heading, tiers
from reports.summary import ComparisonRow, Summary
from reports.units import quantity, ratio

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

    heading: str
    contenders: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """The table; `cells` by (workload, contender), none where a contender had no part."""

    workloads: tuple[str, ...]
    tiers: tuple[Tier, ...]
    labels: dict[str, str]
    cells: dict[tuple[str, str], Cell]
    limited: bool


def matrix_of(summary: Summary, run: RunFile, notes: Notes) -> Matrix:
    """Lay out the `real` estimates and comparisons of a run."""
    workloads = tuple(workload["name"] for workload in run["workloads"])
    cells: dict[tuple[str, str], Cell] = {}
    for workload in workloads:
        for standing in standings(run, summary, workload):
            cells |= {(workload, who): cell for who, cell in _cells(standing).items()}
    for place in set(notes.origin_limited) & set(cells):
        marked = f"{cells[place].figure} {LIMITED_MARK}"
        cells[place] = Cell(figure=marked, detail=cells[place].detail)
    return Matrix(
        workloads=workloads,
        tiers=tuple(_tier(run, tier) for tier in tiers(run)),
        labels={contender["id"]: contender["label"] for contender in run["contenders"]},
        cells=cells,
        limited=bool(notes.origin_limited),
    )


def sentences_of(summary: Summary, workload: str) -> list[ComparisonRow]:
    """The rows of one workload that have a sentence, in the order of the summary."""
    return [
        row
        for row in summary["comparisons"]
        if row["workload"] == workload and row["sentence"] is not None
    ]


def caption_of(summary: Summary) -> str:
    """What the figures of the table are."""
    if summary["comparisons"]:
        return "Time as a multiple of the lowest in its tier, with its 95 % interval."
    return "Time, with its 95 % interval."


def _tier(run: RunFile, tier: str | None) -> Tier:
    own = (contender["id"] for contender in run["contenders"] if contender["tier"] == tier)
    return Tier(heading=tier_heading(tier), contenders=tuple(own))


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
