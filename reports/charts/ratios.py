"""How many times the best contender's time the others of its tier take, with intervals."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matplotlib.figure import Figure

from reports.drawing import ticks
from reports.drawing.canvas import Canvas, drawing
from reports.drawing.ladder import Rung, Side, interval_mark, ladder, set_scale
from reports.drawing.palette import Style

_ROW = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratio:
    """A contender's time as a multiple of the best one's; the best has 1 and no interval."""

    contender: str
    ratio: float
    low: float | None
    high: float | None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RatioGroup:
    """The contenders of one tier, the best first."""

    heading: str | None
    ratios: tuple[Ratio, ...]


def ratio_figure(
    groups: Sequence[RatioGroup], styles: Mapping[str, Style], canvas: Canvas, delta: float
) -> Figure:
    """A forest plot: a marker for each ratio, a line for its interval, a band for ±delta."""
    with drawing():
        built = ladder(canvas, _sides(groups, styles), row=_ROW, axis=_axis(canvas))
        limits = _limits(groups, delta)
        set_scale(built.axes, limits, canvas, unit="×")
        built.axes.axvspan(
            1 / (1 + delta), 1 + delta, color=canvas.theme.band, linewidth=0, zorder=0
        )
        built.axes.axvline(1, color=canvas.theme.muted, linewidth=1, zorder=1)
        for group in groups:
            for ratio in group.ratios:
                interval_mark(
                    built,
                    styles[ratio.contender],
                    canvas,
                    level=built.levels[ratio.contender],
                    value=ratio.ratio,
                    low=ratio.low,
                    high=ratio.high,
                )
    return built.figure


def _axis(canvas: Canvas) -> str:
    short = "multiple of the best time in the tier"
    return short if canvas.narrow else f"{short} (logarithmic; right is slower)"


def _sides(groups: Sequence[RatioGroup], styles: Mapping[str, Style]) -> tuple[Side, ...]:
    return tuple(
        Side(
            heading=group.heading,
            rungs=tuple(
                Rung(
                    contender=ratio.contender,
                    label=styles[ratio.contender].label,
                    value=ratio.text,
                )
                for ratio in group.ratios
            ),
        )
        for group in groups
    )


def _limits(groups: Sequence[RatioGroup], delta: float) -> tuple[float, float]:
    values = [1 / (1 + delta), 1 + delta]
    for group in groups:
        for ratio in group.ratios:
            values += [v for v in (ratio.ratio, ratio.low, ratio.high) if v is not None]
    return ticks.padded(values)
