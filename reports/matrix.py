"""Workload by contender: each contender's time as a ratio to the best of its tier."""

from dataclasses import dataclass

from benchmarks.results_format import RunFile
from reports.notes import Notes
from reports.summary import ComparisonRow, EstimateRow, Summary, planned_contenders
from reports.units import quantity, ratio

LIMITED_MARK = "†"
LIMITED_LEGEND = f"{LIMITED_MARK} origin-limited: the origin was busy over 80 % of the time"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One contender in one workload: "1.80×" and "1.71–1.90", or "best" and its time."""

    figure: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tier:
    """Contenders that are compared with each other; `name` is None where there are no tiers."""

    name: str | None
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
    planned = planned_contenders(run)
    tiers: dict[str | None, list[str]] = {}
    for contender in run["contenders"]:
        tiers.setdefault(contender["tier"], []).append(contender["id"])
    real = {
        (row["workload"], row["contender"]): row
        for row in summary["estimates"]
        if row["metric"] == "real"
    }
    ratios = _ratios(summary)
    cells: dict[tuple[str, str], Cell] = {}
    for workload, contenders in planned.items():
        for tier in tiers.values():
            own = [contender for contender in tier if contender in contenders]
            cells |= _row(workload, own, real, ratios)
    cells |= _invalid_cells(summary)
    for place in set(notes.origin_limited) & set(cells):
        marked = f"{cells[place].figure} {LIMITED_MARK}"
        cells[place] = Cell(figure=marked, detail=cells[place].detail)
    return Matrix(
        workloads=tuple(planned),
        tiers=tuple(Tier(name=name, contenders=tuple(ids)) for name, ids in tiers.items()),
        labels={contender["id"]: contender["label"] for contender in run["contenders"]},
        cells=cells,
        limited=bool(notes.origin_limited),
    )


def _row(
    workload: str,
    contenders: list[str],
    real: dict[tuple[str, str], EstimateRow],
    ratios: dict[tuple[str, str, str], Cell],
) -> dict[tuple[str, str], Cell]:
    """The cells of one workload and tier."""
    measured = [contender for contender in contenders if (workload, contender) in real]
    if not measured:
        return {}
    best = min(measured, key=lambda c: real[workload, c]["value"])
    compared = any((workload, best, other) in ratios for other in measured)
    cells = {}
    for contender in measured:
        row = real[workload, contender]
        time = quantity(row["value"], "ns", row["low"], row["high"])
        if not compared:
            cells[workload, contender] = Cell(figure=time.value, detail=time.interval)
        elif contender == best:
            cells[workload, contender] = Cell(figure="best", detail=time.value)
        elif (workload, best, contender) in ratios:
            cells[workload, contender] = ratios[workload, best, contender]
    return cells


def _ratios(summary: Summary) -> dict[tuple[str, str, str], Cell]:
    """Ratios of `real` by (workload, of, to), each pair both ways round."""
    cells: dict[tuple[str, str, str], Cell] = {}
    for row in summary["comparisons"]:
        value = row["ratio"]
        if row["metric"] != "real" or row["verdict"] is None or value is None:
            continue
        low, high = row["low"], row["high"]
        cells[row["workload"], row["a"], row["b"]] = _ratio_cell(value, low, high)
        back = (None, None) if low is None or high is None else (1 / high, 1 / low)
        cells[row["workload"], row["b"], row["a"]] = _ratio_cell(1 / value, *back)
    return cells


def _ratio_cell(value: float, low: float | None, high: float | None) -> Cell:
    shown = ratio(value, low, high)
    return Cell(figure=shown.value, detail=shown.interval)


def _invalid_cells(summary: Summary) -> dict[tuple[str, str], Cell]:
    rules: dict[tuple[str, str], list[str]] = {}
    for row in summary["invalid"]:
        rules.setdefault((row["workload"], row["contender"]), []).append(row["rule"])
    return {
        place: Cell(figure="invalid", detail=", ".join(broken)) for place, broken in rules.items()
    }


def sentences_of(summary: Summary, workload: str) -> list[ComparisonRow]:
    """The rows of one workload that have a sentence, in the order of the summary."""
    return [
        row
        for row in summary["comparisons"]
        if row["workload"] == workload and row["sentence"] is not None
    ]
