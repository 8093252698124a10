"""Panels of lines beside or below each other, each with its heading and its key above it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from reports.drawing.canvas import Canvas
from reports.drawing.key import draw_key, key_height

_HEADING, _LEFT, _RIGHT, _GAP = 26, 64, 12, 28
_BETWEEN = 20  # pixels from one of a panel's axes to the next


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """What a panel is called, and whose lines it holds."""

    heading: str | None
    contenders: tuple[str, ...]


def panels(
    canvas: Canvas, wanted: Sequence[Panel], *, heights: Sequence[float], foot: float
) -> tuple[Figure, Iterator[tuple[Panel, list[Axes]]]]:
    """A figure, and each panel with its axes, which have these `heights`.

    They stand beside each other where there is room; `foot` pixels are left for what stands below.
    """
    across = 1 if canvas.narrow else min(len(wanted), 2)
    width = (canvas.width - _GAP * (across - 1)) / across
    lines = [wanted[n : n + across] for n in range(0, len(wanted), across)]
    heads = [max(_head(panel, width) for panel in line) for line in lines]
    body = sum(heights) + _BETWEEN * (len(heights) - 1)
    figure = canvas.blank(sum(heads) + (body + foot) * len(lines))
    return figure, _placed(canvas, figure, lines, heads, heights, foot, width)


def _head(panel: Panel, width: float) -> float:
    return (_HEADING if panel.heading else 0) + key_height(len(panel.contenders), width) + 8


def _placed(
    canvas: Canvas,
    figure: Figure,
    lines: Sequence[Sequence[Panel]],
    heads: Sequence[float],
    heights: Sequence[float],
    foot: float,
    width: float,
) -> Iterator[tuple[Panel, list[Axes]]]:
    top = 0.0
    for line, head in zip(lines, heads, strict=True):
        for place, panel in enumerate(line):
            left = place * (width + _GAP) + _LEFT
            across, below, axes = width - _LEFT - _RIGHT, top + head, []
            for height in heights:
                own = canvas.axes(figure, "both", left=left, top=below, width=across, height=height)
                axes.append(own)
                below += height + _BETWEEN
            if panel.heading:
                at = key_height(len(panel.contenders), width) + 8 + _HEADING / 2
                canvas.write(
                    axes[0], panel.heading, at=(0, 1), offset=(-_LEFT, at), quiet=True, ha="left"
                )
            draw_key(axes[0], canvas, panel.contenders, left=-_LEFT, above=8, width=width)
            yield panel, axes
        top += head + sum(heights) + _BETWEEN * (len(heights) - 1) + foot
