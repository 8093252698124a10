"""What every chart is drawn on: size, fonts and the colours of its parts."""

import unicodedata
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import matplotlib
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator

from reports.drawing import ticks
from reports.drawing.palette import Style, Theme

# One unit of the drawing is one CSS pixel: matplotlib's points at 72 to the inch.
_PIXELS_PER_INCH = 72

# In pixels, everywhere: no text is smaller. Browsers lay the text out again in their own font, which is narrower than the
# DejaVu Sans that matplotlib measures with, so nothing that fits here collides there.
TEXT = 14.0
# The average width of a character of DejaVu Sans, of its size.
_ADVANCE = 0.55

_SETTINGS: Mapping[str, object] = {
    "text.parse_math": False,  # a label is text: `$` has no meaning in it
    "axes.unicode_minus": True,
    "font.family": ["DejaVu Sans"],  # comes with matplotlib, so the layout is the same everywhere
    "font.size": TEXT,
    "axes.labelsize": TEXT,
    "xtick.labelsize": TEXT,
    "ytick.labelsize": TEXT,
    "svg.fonttype": "none",
    "svg.hashsalt": "awaitbench",
    "path.simplify": True,
    "path.simplify_threshold": 0.2,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Canvas:
    """Width in CSS pixels, the colours, and how each contender looks."""

    width: int
    theme: Theme
    styles: Mapping[str, Style]

    @property
    def narrow(self) -> bool:
        """Whether it is for a phone held upright."""
        return self.width < 500

    def color(self, contender: str) -> str:
        return self.theme.series[self.styles[contender].index]

    def label(self, contender: str, width: float) -> str:
        """The contender's label, cut where it would be longer than `width` pixels."""
        return fitted(self.styles[contender].label, width, TEXT)

    def blank(self, height: float) -> Figure:
        """An empty figure, `height` in pixels, on the page's own background."""
        figure = Figure(figsize=(self.width / _PIXELS_PER_INCH, height / _PIXELS_PER_INCH))
        figure.set_dpi(_PIXELS_PER_INCH)
        figure.patch.set_visible(False)
        return figure

    def axes(
        self, figure: Figure, grid: str, *, left: float, top: float, width: float, height: float
    ) -> Axes:
        """Quiet axes: no box, hair lines across, ticks in the colour of secondary text.

        Their place is given in pixels from the figure's upper left corner, `grid` as "x", "y" or
        "both".
        """
        across, down = figure.get_size_inches() * _PIXELS_PER_INCH
        place = (left / across, (down - top - height) / down, width / across, height / down)
        axes = figure.add_axes(place)
        axes.patch.set_visible(False)
        axes.spines[:].set_visible(False)
        axes.grid(True, axis=grid, color=self.theme.faint, linewidth=1)
        axes.set_axisbelow(True)
        muted, faint = self.theme.muted, self.theme.faint
        axes.tick_params(length=0, which="both", labelcolor=muted, color=faint, pad=5)
        for axis in (axes.xaxis, axes.yaxis):
            axis.label.set_color(muted)
        return axes

    def key_mark(self, axes: Axes, contender: str, *, at: tuple[float, float]) -> None:
        """The contender's mark in a key, `at` in fractions of the axes' width and height."""
        axes.plot(
            [at[0]],
            [at[1]],
            transform=axes.transAxes,
            marker=self.styles[contender].marker,
            markersize=7,
            color=self.color(contender),
            linestyle="none",
            clip_on=False,
        )

    def write(
        self,
        axes: Axes,
        text: str,
        *,
        at: tuple[float, float],
        offset: tuple[float, float],
        within: str | tuple[str, str] = "axes fraction",
        quiet: bool = False,
        size: float = TEXT,
        va: str = "center",
        **style: object,
    ) -> None:
        """Text `offset` pixels from the place `at`, which counts in what `within` says."""
        axes.annotate(
            text,
            xy=at,
            xycoords=within,
            xytext=offset,
            textcoords="offset points",
            va=va,
            color=self.theme.muted if quiet else self.theme.ink,
            fontsize=size,
            annotation_clip=False,
            **style,
        )


@contextmanager
def drawing() -> Iterator[None]:
    """Draw with this project's settings; a glyph that no font has becomes a box, not an error."""
    with matplotlib.rc_context(), warnings.catch_warnings():
        matplotlib.rcdefaults()  # not what a matplotlibrc of this user or folder says
        matplotlib.rcParams.update(_SETTINGS)
        warnings.filterwarnings("ignore", message=r"Glyph .* missing from", category=UserWarning)
        warnings.filterwarnings("ignore", message=r"Matplotlib currently does not support")
        yield


def ruled(
    axis: Axis, positions: Sequence[float], label: Callable[[float], str] = ticks.label
) -> None:
    """Put ticks at these positions alone, each written as `label` says."""
    axis.set_major_locator(FixedLocator(list(positions)))
    axis.set_minor_locator(NullLocator())
    axis.set_major_formatter(FuncFormatter(lambda value, _: label(value)))


def fitted(text: str, width: float, size: float) -> str:
    """`text`, cut with an ellipsis where it would be longer than `width` pixels at `size`.

    Estimated by `_ADVANCE`; East Asian characters take the whole of their size.
    """
    room, used = width / size, 0.0
    for position, character in enumerate(text):
        used += 1.0 if unicodedata.east_asian_width(character) in "WF" else _ADVANCE
        if used > room + 1e-9:
            return f"{text[: max(position - 1, 1)].rstrip()}…"
    return text
