"""Rows of contenders over one axis: what the charts of ratios, blocks and dots stand on."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, NamedTuple, Protocol, TypeVar

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator

from reports.drawing import ticks
from reports.drawing.canvas import SMALL, TEXT, Canvas, axes_at, blank, fitted, plain

_LABEL_COLUMN, _VALUE_COLUMN, _EDGE = 190, 172, 2
_HEADING, _FOOT, _TOP = 26, 46, 4
_LABEL_LINE = 20


class Rung(Protocol):
    """What one row shows: whose it is, and the text beside its marks."""

    @property
    def contender(self) -> str:
        ...

    @property
    def text(self) -> str:
        ...


RowT = TypeVar("RowT")
RungT = TypeVar("RungT", bound=Rung)


class Group(NamedTuple, Generic[RowT]):
    """Rows under one heading (a tier, a workload); under none where there is only one group."""

    heading: str | None
    rows: tuple[RowT, ...]


class Mark(NamedTuple, Generic[RungT]):
    """A row, and the level of its marks: pixels downwards."""

    level: float
    rung: RungT


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder(Generic[RungT]):
    """Axes whose y counts pixels downwards, and the rows that they hold."""

    figure: Figure
    axes: Axes
    marks: tuple[Mark[RungT], ...]


def ladder(
    canvas: Canvas, groups: Sequence[Group[RungT]], *, row: float, axis: str
) -> Ladder[RungT]:
    """Rows `row` pixels high, labelled at the left, or above the marks on a narrow canvas.

    The axis, called `axis`, is logarithmic unless the caller sets another scale.
    """
    line = _LABEL_LINE if canvas.narrow else 0
    height = sum((_HEADING if g.heading else 0) + (line + row) * len(g.rows) for g in groups)
    left, right = (_EDGE, _EDGE) if canvas.narrow else (_LABEL_COLUMN, _VALUE_COLUMN)
    figure = blank(canvas, _TOP + height + _FOOT)
    width = canvas.width - left - right
    axes = axes_at(figure, left=left, top=_TOP, width=width, height=height)
    axes.set_ylim(height, 0)
    axes.set_xscale("log")
    axes.yaxis.set_major_locator(NullLocator())
    plain(axes, canvas.theme)
    axes.set_xlabel(axis, fontsize=SMALL, color=canvas.theme.muted, labelpad=6)
    marks = []
    top = 0.0
    for group in groups:
        if group.heading:
            _write(axes, canvas, group.heading, top + 15, x=-left, quiet=True)
            top += _HEADING
        for rung in group.rows:
            marks.append(Mark(top + line + row / 2, rung))
            level = top + line / 2 if canvas.narrow else marks[-1].level
            room = canvas.width / 2 if canvas.narrow else left
            label = fitted(canvas.styles[rung.contender].label, room, TEXT)
            _write(axes, canvas, label, level, x=-left)
            _write(axes, canvas, rung.text, level, x=_EDGE if canvas.narrow else 14, right=True)
            top += line + row
    return Ladder(figure=figure, axes=axes, marks=tuple(marks))


def set_scale(axes: Axes, limits: tuple[float, float], canvas: Canvas, *, unit: str = "") -> None:
    """Limits and round ticks, written as `1.5` followed by `unit`."""
    axes.set_xlim(*limits)
    positions = ticks.logarithmic(*limits, 5 if canvas.narrow else 8)
    axes.xaxis.set_major_locator(FixedLocator(list(positions)))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{ticks.label(value)}{unit}"))


def interval_mark(
    axes: Axes,
    canvas: Canvas,
    contender: str,
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
    color = canvas.color(contender)
    if low is not None and high is not None:
        axes.plot(
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
    axes.plot(
        [value],
        [level],
        marker=canvas.styles[contender].marker,
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
