"""All workloads of pings at a glance: a panel a tier, a row a workload, a mark a contender."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from reports.analysis.amounts import Amount
from reports.analysis.analysed import Analysis
from reports.analysis.standing import Against, Place, Standing
from reports.analysis.work import has_network
from reports.charts import Picture, RunChart
from reports.drawing import ticks
from reports.drawing.canvas import Canvas, drawing, ruled
from reports.words import units
from reports.words.findings import overview_finding
from reports.words.quantities import workload_quantity
from results.format import WorkloadPlan

_NAMES, _TIMES, _GAP = 104, 72, 26  # columns beside the marks, and between two panels, in pixels
_NAME = 190  # of a contender, with its mark
_LINE, _HEADING, _FOOT = 20, 28, 54
_STEP, _ROOM = 10, 16  # between the marks of a row, and around them
_LEAST_ROW = 46
_MOST = 12  # contenders of a tier: more would be a cloud; the tables have them all


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A contender's multiple of the best time; has no verdict where it, or the best, was not `steady`."""

    contender: str
    ratio: Amount
    proven: bool
    steady: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A workload in one tier: its marks by contender, and the best one's time."""

    workload: str
    quantity: str
    best: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """A tier: its rows, its contenders in the order of the run, and how many are left out."""

    heading: str
    rows: tuple[Row, ...]
    contenders: tuple[str, ...]
    left_out: int


def picture(analysis: Analysis) -> Picture | None:
    panels = panels_of(analysis)
    if not panels:
        return None
    drawn = {row.workload for panel in panels for row in panel.rows}
    left_out = sum(panel.left_out for panel in panels)
    return Picture(
        name="overview",
        heading="All workloads at a glance",
        caption="Time as a multiple of the lowest in the tier, with its 95 % interval; further right is "
        "slower, and at the right edge stands the lowest time. A full mark is proven, a hollow one "
        "is not; one that is half full, on a broken line, was not steady and has no verdict."
        + (f" Left out are {left_out}, who come least near to a lowest time." if left_out else ""),
        finding=overview_finding(analysis, drawn),
        draw=lambda canvas: overview(panels, canvas),
        data=None,
    )


def panels_of(analysis: Analysis) -> tuple[Panel, ...]:
    """The tiers in which anything was compared, in the order of the workloads' own standings."""
    found: dict[str, list[tuple[WorkloadPlan, Standing]]] = {}
    for workload in analysis.run["workloads"]:
        if has_network(analysis.run, workload):
            for standing in analysis.standings[workload["name"]]:
                if any(place.comparison is not None for place in standing.places):
                    found.setdefault(standing.heading, []).append((workload, standing))
    order = [plan["id"] for plan in analysis.run["contenders"]]
    panels = []
    for heading, standings in found.items():
        ranked = _by_nearness([standing for _, standing in standings])
        contenders = tuple(each for each in order if each in ranked[:_MOST])
        rows = tuple(_row(workload, standing, contenders) for workload, standing in standings)
        panels.append(
            Panel(
                heading=heading,
                rows=rows,
                contenders=contenders,
                left_out=len(ranked) - len(contenders),
            )
        )
    return tuple(panels)


def _by_nearness(standings: Sequence[Standing]) -> list[str]:
    """The contenders of a tier: first who comes nearest to a lowest time in any workload."""
    nearest: dict[str, float] = {}
    for place in (place for standing in standings for place in standing.places):
        known = nearest.get(place.contender, math.inf)
        nearest[place.contender] = min(known, place.ratio.value)
    return sorted(nearest, key=nearest.__getitem__)


def _row(workload: WorkloadPlan, standing: Standing, contenders: Sequence[str]) -> Row:
    places = {place.contender: place for place in standing.places}
    return Row(
        workload=workload["name"],
        quantity=workload_quantity(workload),
        best=units.told(standing.places[0].time, "ns").value,
        marks=tuple(_mark(places[each], standing) for each in contenders if each in places),
    )


def _mark(place: Place, standing: Standing) -> Mark:
    best = place.against is Against.BEST
    return Mark(
        contender=place.contender,
        ratio=place.ratio,
        proven=standing.proven if best else place.against is Against.SLOWER,
        steady=place.against is not Against.NOT_STEADY,
    )


def overview(panels: Sequence[Panel], canvas: Canvas) -> Figure:
    """The panels beside each other, or one below the other on a narrow canvas."""
    with drawing():
        across = 1 if canvas.narrow else len(panels)
        width = (canvas.width - _GAP * (across - 1)) / across
        lines = max(_lines(panel, width) for panel in panels)
        heads = _HEADING + _LINE * lines
        most = max(len(panel.contenders) for panel in panels)
        row = max(_LEAST_ROW, _STEP * most + _ROOM)  # alike, so that rows stand beside each other
        heights = [heads + row * len(panel.rows) + _FOOT for panel in panels]
        figure = canvas.blank(sum(heights) if canvas.narrow else max(heights))
        left = top = 0.0
        for panel, height in zip(panels, heights, strict=True):
            axes = canvas.axes(
                figure,
                "x",
                left=left + _NAMES,
                top=top + heads,
                width=width - _NAMES - _TIMES,
                height=height - heads - _FOOT,
            )
            _names(axes, panel, canvas, width=width, head=heads)
            _draw(axes, panel, canvas, row)
            if canvas.narrow:
                top += height
            else:
                left += width + _GAP
    return figure


def _lines(panel: Panel, width: float) -> int:
    """How many lines the names of the contenders take."""
    return math.ceil(len(panel.contenders) / _columns(width))


def _columns(width: float) -> int:
    return max(1, int(width // _NAME))


def _draw(axes: Axes, panel: Panel, canvas: Canvas, row: float) -> None:
    """The rows of a panel, `row` pixels high each."""
    axes.set_ylim(row * len(panel.rows), 0)
    ruled(axes.yaxis, ())
    values = [n for each in panel.rows for mark in each.marks for n in mark.ratio.numbers]
    axes.set_xscale("log")
    low, high = ticks.padded([1.0, *values])
    axes.set_xlim(low, high)
    most = 3 if canvas.narrow else 4
    ruled(axes.xaxis, ticks.logarithmic(low, high, most), lambda v: f"{ticks.label(v)}×")
    axes.set_xlabel("multiple of the lowest time", labelpad=6)
    axes.axvline(1.0, color=canvas.theme.muted, linewidth=1, zorder=1)
    for place, each in enumerate(panel.rows):
        level = row * (place + 0.5)
        if place:
            axes.axhline(row * place, color=canvas.theme.faint, linewidth=1, zorder=0)
        _beside(axes, canvas, each, level)
        first = level - _STEP * (len(each.marks) - 1) / 2
        for number, mark in enumerate(each.marks):
            _put(axes, canvas, mark, first + _STEP * number)


def _beside(axes: Axes, canvas: Canvas, row: Row, level: float) -> None:
    """The workload's name and quantity left of its marks, the lowest time right of them."""
    within = ("axes fraction", "data")
    quantity = row.quantity.partition(",")[0]
    canvas.write(axes, row.workload, at=(0, level), within=within, offset=(-_NAMES, 9), ha="left")
    canvas.write(
        axes, quantity, at=(0, level), within=within, offset=(-_NAMES, -9), quiet=True, ha="left"
    )
    canvas.write(axes, row.best, at=(1, level), within=within, offset=(_TIMES, 0), ha="right")


def _names(axes: Axes, panel: Panel, canvas: Canvas, *, width: float, head: float) -> None:
    """The tier's name and, below it, which mark is whose; over the marks."""
    canvas.write(
        axes,
        panel.heading,
        at=(0, 1),
        offset=(-_NAMES, head - 12),
        quiet=True,
        ha="left",
    )
    columns, bounds = _columns(width), axes.get_window_extent()
    for place, contender in enumerate(panel.contenders):
        x = (place % columns) * width / columns - _NAMES
        y = head - _HEADING - _LINE * (place // columns) - _LINE / 2
        label = canvas.label(contender, width / columns - 18)
        canvas.write(axes, label, at=(0, 1), offset=(x + 14, y), ha="left")
        canvas.key_mark(axes, contender, at=((x + 5) / bounds.width, 1 + y / bounds.height))


def _put(axes: Axes, canvas: Canvas, mark: Mark, level: float) -> None:
    color = canvas.color(mark.contender)
    if mark.ratio.low is not None and mark.ratio.high is not None:
        ends, line = [mark.ratio.low, mark.ratio.high], "-" if mark.steady else (0, (1.2, 1))
        axes.plot(ends, [level, level], color=color, linewidth=2, linestyle=line)
    axes.plot(
        [mark.ratio.value],
        [level],
        marker=canvas.styles[mark.contender].marker,
        markersize=7,
        fillstyle="full" if mark.steady else "left",
        markerfacecolor=color if mark.proven or not mark.steady else canvas.theme.surface,
        markerfacecoloralt=canvas.theme.surface,
        markeredgecolor=color,
        markeredgewidth=1.4,
        linestyle="none",
        zorder=4,
        clip_on=False,
    )


CHART = RunChart(picture=picture)
