"""Rows of contenders over one axis: what the charts of ratios, blocks and dots stand on."""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator

from reports.drawing import ticks
from reports.drawing.canvas import SMALL, TEXT, Canvas, axes_at, blank, fitted, plain
from reports.drawing.palette import Style

_LABEL_COLUMN, _VALUE_COLUMN, _EDGE = 190, 172, 2
_HEADING, _FOOT, _TOP = 26, 46, 4
_LABEL_LINE = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """One row: whose it is, and the two texts beside its marks."""

    contender: str
    label: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """Rows under one heading (a tier); no heading where there is only one group."""

    heading: str | None
    rungs: tuple[Rung, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """Axes whose y counts pixels downwards; `levels` holds the middle of each row's marks."""

    figure: Figure
    axes: Axes
    levels: dict[str, float]


def ladder(canvas: Canvas, sides: Sequence[Side], *, row: float, axis: str) -> Ladder:
    """Rows `row` pixels high, labelled at the left, or above the marks on a narrow canvas.

    The axis, called `axis`, is logarithmic unless the caller sets another scale.
    """
    line = _LABEL_LINE if canvas.narrow else 0
    height = sum((_HEADING if s.heading else 0) + (line + row) * len(s.rungs) for s in sides)
    left, right = (_EDGE, _EDGE) if canvas.narrow else (_LABEL_COLUMN, _VALUE_COLUMN)
    figure = blank(canvas, _TOP + height + _FOOT)
    width = canvas.width - left - right
    axes = axes_at(figure, left=left, top=_TOP, width=width, height=height)
    axes.set_ylim(height, 0)
    axes.set_xscale("log")
    axes.yaxis.set_major_locator(NullLocator())
    plain(axes, canvas.theme)
    axes.set_xlabel(axis, fontsize=SMALL, color=canvas.theme.muted, labelpad=6)
    levels: dict[str, float] = {}
    top = 0.0
    for side in sides:
        if side.heading:
            _write(axes, canvas, side.heading, top + 15, x=-left, quiet=True)
            top += _HEADING
        for rung in side.rungs:
            levels[rung.contender] = top + line + row / 2
            level = top + line / 2 if canvas.narrow else levels[rung.contender]
            label = fitted(rung.label, canvas.width / 2 if canvas.narrow else left, TEXT)
            _write(axes, canvas, label, level, x=-left)
            _write(axes, canvas, rung.value, level, x=_EDGE if canvas.narrow else 14, right=True)
            top += line + row
    return Ladder(figure=figure, axes=axes, levels=levels)


def set_scale(axes: Axes, limits: tuple[float, float], canvas: Canvas, *, unit: str = "") -> None:
    """Limits and round ticks, written as `1.5` followed by `unit`."""
    axes.set_xlim(*limits)
    positions = ticks.logarithmic(*limits, 5 if canvas.narrow else 8)
    axes.xaxis.set_major_locator(FixedLocator(list(positions)))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{ticks.label(value)}{unit}"))


def interval_mark(
    built: Ladder,
    style: Style,
    canvas: Canvas,
    *,
    level: float,
    value: float,
    low: float | None,
    high: float | None,
    clip: bool = True,
) -> None:
    """A contender's marker at `value`, over a line from `low` to `high` where it has an interval.

    All three in the axis' unit. `clip=False` shows the marker whole on the edge of the axes, too.
    """
    color = canvas.theme.series[style.index]
    if low is not None and high is not None:
        built.axes.plot(
            [low, high],
            [level, level],
            color=color,
            linewidth=2,
            marker="|",  # ends that show even where the interval is narrower than the marker
            markersize=15,
            markeredgewidth=2,
            solid_capstyle="butt",
            zorder=3,
        )
    built.axes.plot(
        [value],
        [level],
        marker=style.marker,
        markersize=7.5,
        color=color,
        markeredgecolor=canvas.theme.surface,
        markeredgewidth=0.8,
        linestyle="none",
        zorder=4,
        clip_on=clip,
    )


def _write(
    axes: Axes,
    canvas: Canvas,
    text: str,
    level: float,
    *,
    x: float,
    right: bool = False,
    quiet: bool = False,
) -> None:
    """Text `level` pixels down, `x` pixels right of the axes' left (or `right`) edge.

    On a narrow canvas it stands on the plot itself, and so on a patch of the page's colour.
    """
    patch = {"facecolor": canvas.theme.surface, "edgecolor": "none", "pad": 1.5}
    axes.annotate(
        text,
        xy=(1 if right else 0, level),
        xycoords=("axes fraction", "data"),
        xytext=(x, 0),
        textcoords="offset points",
        ha="right" if right and canvas.narrow else "left",
        va="center",
        color=canvas.theme.muted if quiet else canvas.theme.ink,
        fontsize=SMALL if quiet or right else TEXT,
        bbox=patch if canvas.narrow else None,
        annotation_clip=False,
    )
