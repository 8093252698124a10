"""The parts of await at a glance: a row a workload, a mark for the best contender of each runner."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from reports.analysis.amounts import Amount
from reports.analysis.analysed import Analysis
from reports.analysis.standing import Against, Place
from reports.analysis.work import has_network, items_apart
from reports.charts import Picture, RunChart
from reports.drawing import ticks
from reports.drawing.canvas import TEXT, Canvas, drawing, fitted, ruled
from reports.drawing.key import draw_key, key_height
from reports.drawing.palette import Style
from reports.words import units
from reports.words.findings import overview_finding
from reports.words.runners import runner_names
from results.format import RunFile, WorkloadPlan

_NAMES, _BEST = 176, 236  # columns beside the marks, in pixels; narrow, they stand above them
_STEP, _ROOM = 8, 10  # between the marks of a row, and around them
_ABOVE, _LINE = 42, 18  # what stands above a narrow row, and each of its two lines
_FOOT, _GAP, _TIME = 54, 6, 64  # _TIME: of a row's right edge
_TWO_LINES = 40  # a row of this height has room for them
_MARKERS = "o^sDvPX<>"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """The best contender of a runner, as a multiple of the lowest; hollow where not `proven`."""

    runner: str
    contender: str
    ratio: Amount
    proven: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A workload in which several runners were compared: whose time is the lowest, and that time."""

    workload: str
    best: str
    time: str
    marks: tuple[Mark, ...]


def picture(analysis: Analysis) -> Picture | None:
    rows = rows_of(analysis)
    if not rows:
        return None
    return Picture(
        name="parts",
        heading="The parts of await at a glance",
        caption="The best contender of each language, its time as a multiple of the lowest, with its "
        "95 % interval; further right is slower. At the right edge stand whose time is the lowest, and "
        "that time, per item where items do not overlap. A full mark is proven, a hollow one is not.",
        finding=overview_finding(analysis, [row.workload for row in rows]),
        draw=lambda canvas: parts(rows, canvas, _by_runner(analysis.run, canvas)),
        data=None,
    )


def rows_of(analysis: Analysis) -> tuple[Row, ...]:
    """The workloads without a network, in the order of the run."""
    runner_of = {plan["id"]: plan["runner"] for plan in analysis.run["contenders"]}
    rows = []
    for workload in analysis.run["workloads"]:
        if has_network(analysis.run, workload):
            continue
        for standing in analysis.standings[workload["name"]]:
            first: dict[str, Place] = {}
            for place in standing.places:
                first.setdefault(runner_of[place.contender], place)
            if len(first) > 1 and any(p.comparison is not None for p in standing.places):
                marks = tuple(
                    _mark(first[runner], runner, standing.won)
                    for runner in dict.fromkeys(runner_of.values())
                    if runner in first
                )
                rows.append(
                    Row(
                        workload=workload["name"],
                        best=analysis.labels[standing.places[0].contender],
                        time=_time(analysis, workload, standing.places[0]),
                        marks=marks,
                    )
                )
    return tuple(rows)


def _mark(place: Place, runner: str, won: bool) -> Mark:
    proven = won if place.against is Against.BEST else place.against is Against.SLOWER
    return Mark(runner=runner, contender=place.contender, ratio=place.ratio, proven=proven)


def _time(analysis: Analysis, workload: WorkloadPlan, place: Place) -> str:
    return units.told(place.time.over(items_apart(analysis.run, workload)), "ns").value


def _by_runner(run: RunFile, canvas: Canvas) -> dict[str, Style]:
    """A style for each runner: its hue, a marker of its own, and its name for a label."""
    names = runner_names(run)
    found: dict[str, Style] = {}
    for plan in run["contenders"]:
        if plan["runner"] not in found:
            marker = _MARKERS[len(found) % len(_MARKERS)]
            style = replace(canvas.styles[plan["id"]], label=names[plan["runner"]], marker=marker)
            found[plan["runner"]] = style
    return found


def parts(rows: Sequence[Row], canvas: Canvas, styles: dict[str, Style]) -> Figure:
    """One panel, its key above it."""
    canvas = replace(canvas, styles=styles)
    met = [r for r in styles if any(mark.runner == r for row in rows for mark in row.marks)]
    with drawing():
        names, best = (0, 0) if canvas.narrow else (_NAMES, _BEST)
        head = key_height(len(met), canvas.width) + _GAP
        most = max(len(row.marks) for row in rows)
        row = _STEP * (most - 1) + _ROOM + (_ABOVE if canvas.narrow else 0)
        height = row * len(rows)
        figure = canvas.blank(head + height + _FOOT)
        axes = canvas.axes(
            figure, "x", left=names, top=head, width=canvas.width - names - best, height=height
        )
        draw_key(axes, canvas, met, left=-names, above=_GAP, width=canvas.width, lined=False)
        _scale(axes, rows, row)
        for place, each in enumerate(rows):
            if place:
                axes.axhline(row * place, color=canvas.theme.faint, linewidth=1, zorder=0)
            _draw(axes, canvas, each, row * place, row)
    return figure


def _scale(axes: Axes, rows: Sequence[Row], row: float) -> None:
    axes.set_ylim(row * len(rows), 0)
    ruled(axes.yaxis, ())
    axes.set_xscale("log")
    numbers = [number for each in rows for mark in each.marks for number in mark.ratio.numbers]
    low, high = ticks.padded([1.0, *numbers])
    axes.set_xlim(low, high)
    ruled(axes.xaxis, ticks.logarithmic(low, high, 5), lambda value: f"{ticks.label(value)}×")
    axes.set_xlabel("multiple of the lowest time", labelpad=6)


def _draw(axes: Axes, canvas: Canvas, row: Row, top: float, height: float) -> None:
    """A row's name and lowest time, and its marks; `top` and `height` in pixels."""
    within = ("axes fraction", "data")
    middle = top + (height + (_ABOVE if canvas.narrow else 0)) / 2
    write = partial(canvas.write, axes, within=within)
    if canvas.narrow:
        level, room = top + _LINE / 2 + 4, canvas.width - _TIME
        line = partial(write, offset=(0, 0), ha="left")
        line(fitted(row.workload, canvas.width, TEXT), at=(0, level))
        line(f"{fitted(row.best, room, TEXT)} {row.time}", at=(0, level + _LINE), quiet=True)
    else:
        name = fitted(row.workload, _NAMES, TEXT)
        write(name, at=(0, middle), offset=(-_NAMES, 0), ha="left")
        best = partial(write, at=(1, middle), ha="right", quiet=True)
        if height >= _TWO_LINES:
            best(fitted(row.best, _BEST - 12, TEXT), offset=(_BEST, 9))
            best(row.time, offset=(_BEST, -9))
        else:
            best(f"{fitted(row.best, _BEST - 12 - _TIME, TEXT)} {row.time}", offset=(_BEST, 0))
    first = middle - _STEP * (len(row.marks) - 1) / 2
    for number, mark in enumerate(row.marks):
        _put(axes, canvas, mark, first + _STEP * number)


def _put(axes: Axes, canvas: Canvas, mark: Mark, level: float) -> None:
    color = canvas.color(mark.runner)
    if mark.ratio.low is not None and mark.ratio.high is not None:
        axes.plot([mark.ratio.low, mark.ratio.high], [level, level], color=color, linewidth=2)
    axes.plot(
        [mark.ratio.value],
        [level],
        marker=canvas.styles[mark.runner].marker,
        markersize=7,
        markerfacecolor=color if mark.proven else canvas.theme.surface,
        markeredgecolor=color,
        markeredgewidth=1.4,
        linestyle="none",
        zorder=4,
        clip_on=False,
    )


CHART = RunChart(picture=picture)
