"""Charts, one module each: its data, its drawing, its words, its table, and `CHART` that says so.

A module in this folder is found by lying here. Its `CHART` draws a workload (`Chart`), a figure that
a family declares (`FigureChart`) or the whole run (`RunChart`); the page, `--format png` and the lists of contents take all
charts from here.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import TypeVar

from matplotlib.figure import Figure

from reports.analysis.analysed import Analysis
from reports.analysis.derived import DerivedFigure
from reports.analysis.standing import Place
from reports.drawing.canvas import Canvas
from reports.drawing.ladder import Group
from reports.words import figures
from reports.words.findings import figure_finding
from reports.words.tables import Table, middle_scale
from results.format import WorkloadPlan

RowT = TypeVar("RowT")

# Contenders of a tier: more lines, or panels, nobody could tell one from the other.
MOST_LINES, MOST_PANELS = 8, 5


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Picture:
    """One chart that has data: a heading, how to read it, and its data where not in a table.

    `name` is plain; with that of its workload or family it names the chart's file. `finding` is
    what the chart shows, for those who cannot see it.
    """

    name: str
    heading: str
    caption: str
    finding: str
    draw: Callable[[Canvas], Figure]
    data: Table | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A chart of single workloads; `picture` gives None where it has no data.

    Charts stand in the order of their `place`.
    """

    place: int
    picture: Callable[[Analysis, WorkloadPlan], Picture | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureChart:
    """A chart of families' figures: of those that ask to be `drawn` in one of these ways."""

    drawn: tuple[str, ...]
    picture: Callable[[Analysis, DerivedFigure], Picture | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class RunChart:
    """A chart of all workloads; `picture` gives None where it has no data."""

    picture: Callable[[Analysis], Picture | None]


def of_run(analysis: Analysis) -> tuple[Picture, ...]:
    """The charts of all workloads together that have data."""
    drawn = (chart.picture(analysis) for chart in _found() if isinstance(chart, RunChart))
    return tuple(picture for picture in drawn if picture is not None)


def of_workload(analysis: Analysis, workload: WorkloadPlan) -> tuple[Picture, ...]:
    """The workload's charts that have data, in reading order."""
    charts = sorted((c for c in _found() if isinstance(c, Chart)), key=lambda chart: chart.place)
    drawn = (chart.picture(analysis, workload) for chart in charts)
    return tuple(picture for picture in drawn if picture is not None)


def of_figure(analysis: Analysis, figure: DerivedFigure) -> Picture | None:
    """The chart of a family's figure; None where it has no data, or no chart draws it that way."""
    for chart in _found():
        if isinstance(chart, FigureChart) and figure.plan["drawn"] in chart.drawn:
            return chart.picture(analysis, figure)
    return None


def by_tier(
    analysis: Analysis, workload: WorkloadPlan, row: Callable[[Place], RowT | None]
) -> Iterator[Group[RowT]]:
    """The rows of a workload's contenders, the best first, tier by tier; those that have any."""
    standings = analysis.standings[workload["name"]]
    for standing in standings:
        rows = tuple(made for place in standing.places if (made := row(place)) is not None)
        if rows:
            yield Group(standing.heading if len(standings) > 1 else None, rows)


def drawn_of(analysis: Analysis, workload: WorkloadPlan, most: int) -> frozenset[str]:
    """At most so many of each tier, those with the lowest times."""
    standings = analysis.standings[workload["name"]]
    return frozenset(p.contender for s in standings for p in s.places[:most])


def thinned(drawn: int, all_of_them: int) -> str:
    """What is said where a chart does not draw everybody; it goes after a caption."""
    if drawn == all_of_them:
        return ""
    return f" Drawn are {drawn} of {all_of_them}: those with the lowest times of each tier."


def declared(
    analysis: Analysis, figure: DerivedFigure, draw: Callable[[Canvas], Figure]
) -> Picture:
    """The picture of a family's figure, in the words of its declaration."""
    return Picture(
        name=figure.key,
        heading=figure.plan["heading"],
        caption=figures.caption(figure),
        finding=figure_finding(analysis, figure),
        draw=draw,
        data=figures.table(figure, everyone(analysis, figure)),
    )


def fitting_axis(figure: DerivedFigure) -> tuple[float, str]:
    """The unit that fits the figure, and what its axis is called in it."""
    size, unit = middle_scale(figure.amounts, figure.plan["unit"])
    return size, figure.plan["axis"] + (f", {unit}" if unit else "")


def everyone(analysis: Analysis, figure: DerivedFigure) -> list[str]:
    """Who takes part in any of the figure's workloads, in the order of run.json."""
    met = {contender for part in figure.parts for contender in part.contenders}
    return [plan["id"] for plan in analysis.run["contenders"] if plan["id"] in met]


@cache
def _found() -> tuple[Chart | FigureChart | RunChart, ...]:
    modules = (import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__))
    return tuple(module.CHART for module in modules)
