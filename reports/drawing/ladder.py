"""Rows of contenders over one axis: what the charts of families stand on."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from reports.drawing import ticks
from reports.drawing.canvas import Canvas, ruled

_LABEL_COLUMN, _VALUE_COLUMN, _EDGE = 200, 190, 2
_HEADING, _FOOT, _TOP = 28, 52, 4
_LABEL_LINE = 20

RowT = TypeVar("RowT", covariant=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """What one row shows: whose it is, and the text beside its marks."""

    contender: str
    text: str


class Group(NamedTuple, Generic[RowT]):
    """Rows under one heading (a tier, a workload); under none where there is only one group."""

    heading: str | None
    rows: tuple[RowT, ...]


def ladder(
    canvas: Canvas, groups: Sequence[Group[Rung]], *, row: float, axis: str
) -> tuple[Figure, Axes, list[float]]:
    """Rows `row` pixels high, labelled at the left, or above the marks on a narrow canvas.

    Returns the figure, its axes, whose y counts pixels downwards, and the level of each row's
    marks. The axis, called `axis`, is logarithmic unless the caller sets another scale.
    """
    narrow = canvas.narrow
    line = _LABEL_LINE if narrow else 0
    height = sum((_HEADING if g.heading else 0) + (line + row) * len(g.rows) for g in groups)
    left, right = (_EDGE, _EDGE) if narrow else (_LABEL_COLUMN, _VALUE_COLUMN)
    figure = canvas.blank(_TOP + height + _FOOT)
    width = canvas.width - left - right
    axes = canvas.axes(figure, "x", left=left, top=_TOP, width=width, height=height)
    axes.set_ylim(height, 0)
    axes.set_xscale("log")
    ruled(axes.yaxis, ())
    axes.set_xlabel(axis, labelpad=6)
    levels, top = [], 0.0
    for group in groups:
        if group.heading:
            _write(axes, canvas, group.heading, top + 15, x=-left, quiet=True)
            top += _HEADING
        for rung in group.rows:
            levels.append(top + line + row / 2)
            level = top + line / 2 if narrow else levels[-1]
            label = canvas.label(rung.contender, canvas.width / 2 if narrow else left)
            _write(axes, canvas, label, level, x=-left)
            _write(axes, canvas, rung.text, level, x=_EDGE if narrow else 14, right=True)
            top += line + row
    return figure, axes, levels


def set_scale(axes: Axes, limits: tuple[float, float], canvas: Canvas, *, log: bool) -> None:
    """Limits and round ticks."""
    axes.set_xscale("log" if log else "linear")
    axes.set_xlim(*limits)
    positions = (ticks.logarithmic if log else ticks.linear)(*limits, 5 if canvas.narrow else 8)
    ruled(axes.xaxis, positions)


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
    canvas.write(
        axes,
        text,
        at=(1 if right else 0, level),
        within=("axes fraction", "data"),
        offset=(x, 0),
        quiet=quiet,
        ha="right" if right and canvas.narrow else "left",
        bbox=patch if canvas.narrow else None,
    )
