"""A process's life: how long its iterations take, and whether it is settled where it is measured."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from reports.analysis.analysed import Analysis
from reports.analysis.lives import Curve, Floats, Life, lives_of
from reports.analysis.steadiness import MOST
from reports.charts import MOST_PANELS, Chart, Picture, drawn_of, thinned
from reports.drawing import ticks
from reports.drawing.canvas import Canvas, drawing, ruled
from reports.words import units
from reports.words.findings import life_finding
from reports.words.paces import pace_words
from reports.words.tables import Table, contender_table
from reports.words.units import Scale
from results.format import WorkloadPlan

_PANEL, _TITLE, _TICKS, _FOOT, _LEFT, _GAP = 96, 30, 46, 56, 58, 72
_SHARE = 0.6  # of the width, for the whole life, where the window stands beside it
_MOST_COLUMNS = 12  # of the table
_ZERO = 0.6  # where iteration 0 stands on the logarithmic axis
_MOST_SWING, _LEAST_SWING = 0.4, 0.12  # of the axis of the window, either way


def picture(analysis: Analysis, workload: WorkloadPlan) -> Picture | None:
    lives = lives_of(analysis, workload)
    if not lives:
        return None
    unit = units.fitting(max(each.whole.median.max() for each in lives), "ns")
    chosen = drawn_of(analysis, workload, MOST_PANELS)
    drawn = [each for each in lives if each.contender in chosen]
    return Picture(
        name="life",
        heading="A process’s life",
        caption=_caption(drawn) + thinned(len(drawn), len(lives)),
        finding=life_finding(analysis, lives),
        draw=lambda canvas: life_figure(drawn, canvas, unit=unit),
        data=_table(lives),
    )


def _caption(lives: Sequence[Life]) -> str:
    told = "Time of each iteration since the process started, median and quartiles over the blocks."
    if any(each.young for each in lives):
        told += " Young iterations lie on the grey bar."
    if any(each.window for each in lives):
        told += (
            " Beside it the measured window, after the warm-up (shaded), enlarged: each stretch over"
            f" the mean of the window; beyond the dashed lines (±{units.percent(MOST)}) nobody is steady."
        )
    return told


def _table(lives: Sequence[Life]) -> Table:
    edges = max((each.whole.edges for each in lives), key=lambda edges: edges[-1])
    values = {}
    for each in lives:
        of = dict(zip(each.whole.edges, each.whole.median.tolist(), strict=False))
        values[each.contender] = [of.get(first) for first in edges[:-1]]
    names = [_name(first, end - 1) for first, end in zip(edges, edges[1:])]
    shown = np.unique(np.linspace(0, len(names) - 1, min(_MOST_COLUMNS, len(names))).round())
    kept = [int(place) for place in shown]
    return contender_table(
        {contender: [own[place] for place in kept] for contender, own in values.items()},
        [names[place] for place in kept],
        caption="Median real time of iterations",
        first="Iteration →",
    )


def _name(first: int, last: int) -> str:
    return f"{first}" if first == last else f"{first}–{last}"


def places_of(curve: Curve) -> Floats:
    """Where bins stand on a logarithmic axis: in their geometric middle."""
    first, last = np.array(curve.edges[:-1]), np.array(curve.edges[1:]) - 1
    middles: Floats = np.sqrt(np.maximum(first, _ZERO) * np.maximum(last, _ZERO))
    return middles


def life_figure(lives: Sequence[Life], canvas: Canvas, *, unit: Scale) -> Figure:
    """A row a contender: its whole life, and beside or below it the window that is measured.

    Without windows two lives stand beside each other where there is room.
    """
    place = _places(canvas, len(lives), windows=any(each.window is not None for each in lives))
    with drawing():
        figure = canvas.blank(place.height)
        for number, own in enumerate(lives):
            left, top = place.corner(number)
            axes = canvas.axes(figure, "y", left=left, top=top, width=place.width, height=_PANEL)
            last = number + place.columns >= len(lives)
            _frame(axes, lives, canvas, unit)
            _label(axes, unit, left=left == _LEFT, foot=last or place.below)
            label = canvas.label(own.contender, place.width)
            canvas.write(axes, label, at=(0, 1), offset=(0, 13), ha="left")
            _draw(axes, own, canvas, unit)
            _mark_parts(axes, own, canvas)
            if own.window is not None:
                left, top = place.window(left, top)
                beside = canvas.axes(
                    figure, "y", left=left, top=top, width=place.window_width, height=_PANEL
                )
                _draw_window(beside, own, own.window, lives, canvas)
    return figure


@dataclass(frozen=True, slots=True, kw_only=True)
class _Places:
    """Where lives and their windows stand, in pixels; windows may stand `below`."""

    columns: int
    step: float
    width: float
    window_width: float
    below: bool
    height: float

    def corner(self, number: int) -> tuple[float, float]:
        """The upper left corner of a life's axes."""
        row, column = divmod(number, self.columns)
        return _LEFT + column * (self.width + _GAP), _TITLE + row * self.step

    def window(self, left: float, top: float) -> tuple[float, float]:
        """That of its window."""
        if self.below:
            return left, top + _PANEL + _TICKS + _TITLE
        return left + self.width + _GAP, top


def _places(canvas: Canvas, lives: int, *, windows: bool) -> _Places:
    room, below = canvas.width - _LEFT - 8, windows and canvas.narrow
    columns = 1 if windows or canvas.narrow else 2
    width = (room - _GAP) * (_SHARE if windows else 0.5)
    step = _TITLE + _PANEL + (_TICKS + _TITLE + _PANEL if below else 0)
    return _Places(
        columns=columns,
        step=step,
        width=room if canvas.narrow else width,
        window_width=room if below else room - _GAP - width,
        below=below,
        height=step * math.ceil(lives / columns) + _FOOT,
    )


def _frame(axes: Axes, lives: Sequence[Life], canvas: Canvas, unit: Scale) -> None:
    """Scales that all panels share."""
    axes.set_xscale("log")
    axes.set_yscale("log")
    end = max(1, max(each.whole.edges[-1] for each in lives) - 1)
    numbers = np.concatenate([np.append(e.whole.lower, e.whole.upper) for e in lives])
    low, high = ticks.padded((numbers[numbers > 0] / unit.size).tolist())
    axes.set_xlim(_ZERO / 1.25, end * 1.15)
    axes.set_ylim(low, high)
    ruled(axes.yaxis, ticks.logarithmic(low, high, 4))
    most = 4 if canvas.narrow else 6
    numbered = [at for at in ticks.logarithmic(1, end, most) if at == int(at)] if end > 1 else [1]
    ruled(axes.xaxis, [_ZERO, *numbered], lambda at: "0" if at < 1 else ticks.label(at))


def _label(axes: Axes, unit: Scale, *, left: bool, foot: bool) -> None:
    axes.tick_params(labelbottom=foot, labelleft=left)
    if left:
        axes.set_ylabel(unit.name, labelpad=2)
    if foot:
        axes.set_xlabel("iteration (log)", labelpad=4)


def _draw(axes: Axes, own: Life, canvas: Canvas, unit: Scale) -> None:
    curve = own.whole
    _curve(axes, own, places_of(curve), curve, 1 / unit.size, canvas)
    estimate = own.estimate_ns / unit.size
    axes.axhline(estimate, color=canvas.theme.pale, linewidth=1, zorder=1)


def _curve(axes: Axes, own: Life, x: Floats, curve: Curve, scale: float, canvas: Canvas) -> None:
    style, color = canvas.styles[own.contender], canvas.color(own.contender)
    lower, upper = curve.lower * scale, curve.upper * scale
    axes.fill_between(x, lower, upper, color=color, alpha=0.25, linewidth=0, zorder=2)
    axes.plot(
        x,
        curve.median * scale,
        color=color,
        linewidth=1.8,
        marker=style.marker,
        markersize=5,
        markevery=[0],
        zorder=3,
    )


def _mark_parts(axes: Axes, own: Life, canvas: Canvas) -> None:
    """Shade the warm-up and draw the young iterations as a bar at the foot."""
    foot = axes.get_xaxis_transform()
    if own.young:
        ends = [0.93, min(own.young, own.whole.edges[-1] - 1) * 1.07]
        axes.plot(
            ends,
            [0.03, 0.03],
            transform=foot,
            color=canvas.theme.muted,
            linewidth=4,
            solid_capstyle="butt",
            zorder=4,
        )
    if own.warmup:
        begin = math.sqrt(max(own.warmup - 1, _ZERO) * own.warmup)
        axes.axvspan(axes.get_xlim()[0], begin, color=canvas.theme.band, linewidth=0, zorder=0)
        right = math.log(begin) > math.log(axes.get_xlim()[1]) / 3
        canvas.write(
            axes,
            f"warm-up {own.warmup:,}",
            at=(begin, 1),
            within=("data", "axes fraction"),
            offset=(-4 if right else 4, -12),
            ha="right" if right else "left",
            quiet=True,
        )


def _draw_window(
    axes: Axes, own: Life, window: Curve, lives: Sequence[Life], canvas: Canvas
) -> None:
    """The measured iterations, each stretch over the mean of the window, as ± per cent."""
    swing = _swing(lives)
    axes.set_ylim(1 - swing, 1 + swing)
    ruled(
        axes.yaxis,
        (1 - MOST, 1.0, 1 + MOST),
        lambda at: f"{100 * (at - 1):+.0f} %".replace("-", "−") if at != 1 else "0",
    )
    first, last = window.edges[0], window.edges[-1] - 1
    axes.set_xlim(first - 0.02 * (last - first), last + 0.02 * (last - first))
    ruled(axes.xaxis, ())
    for at, text, side in ((0, first, "left"), (1, last, "right")):
        canvas.write(axes, f"{text:,}", at=(at, 0), offset=(0, 9), ha=side, quiet=True)
    axes.axhline(1, color=canvas.theme.pale, linewidth=1, zorder=1)
    for edge in (1 - MOST, 1 + MOST):
        axes.axhline(edge, color=canvas.theme.pale, linewidth=1, linestyle=(0, (4, 3)), zorder=1)
    middles = (np.array(window.edges[:-1]) + np.array(window.edges[1:]) - 1) / 2
    _curve(axes, own, middles, window, 1.0, canvas)
    canvas.write(axes, "measured", at=(0, 1), offset=(0, 13), ha="left", quiet=True)
    if own.pace is not None:
        words = pace_words(own.pace)
        canvas.write(axes, words, at=(1, 1), offset=(0, 13), ha="right")


def _swing(lives: Sequence[Life]) -> float:
    """How far the windows' axes reach from their mean, the same for all."""
    found = [each.window for each in lives if each.window is not None]
    most = max(float(np.abs(np.append(w.lower, w.upper) - 1).max()) for w in found)
    return min(max(most * 1.08, _LEAST_SWING), _MOST_SWING)


CHART = Chart(place=4, picture=picture)
