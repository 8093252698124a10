"""Many lines or dots as one path: that is a fraction of the size of a path each."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_SHORTEST = 0.2  # pixels: what has no length at all is left out


def stroke(
    axes: Axes, lines: Sequence[Floats], color: str, width: float, *, zorder: int, alpha: float = 1
) -> None:
    """Draw lines, given as left, top, right and bottom of all of them, in data coordinates."""
    if lines[0].size:
        points = np.stack(lines, axis=1).reshape(-1, 2)
        codes = np.tile([Path.MOVETO, Path.LINETO], lines[0].size)
        _add(axes, Path(points, codes), color, width, zorder, alpha, "butt")


def polylines(
    axes: Axes, lines: Sequence[tuple[Floats, Floats]], color: str, width: float, *, zorder: int
) -> None:
    """Draw each of `lines`, given as its x and its y, in data coordinates."""
    drawn = [(x, y) for x, y in lines if x.size > 1]
    if drawn:
        points = np.concatenate([np.stack(line, axis=1) for line in drawn])
        codes = [Path.LINETO] * len(points)
        start = 0
        for x, _ in drawn:
            codes[start] = Path.MOVETO
            start += x.size
        _add(axes, Path(points, codes), color, width, zorder, 1, "butt")


def dots(axes: Axes, x: Floats, y: Floats, color: str, size: float, *, zorder: int) -> None:
    """Draw dots of `size` pixels at `x` and `y`, which counts pixels: lines so short that their round
    ends are all that shows.
    """
    if x.size:
        points = np.repeat(np.stack([x, y], axis=1), 2, axis=0)
        points[1::2, 1] += _SHORTEST
        codes = np.tile([Path.MOVETO, Path.LINETO], x.size)
        _add(axes, Path(points, codes), color, size, zorder, 1, "round")


def _add(
    axes: Axes, path: Path, color: str, width: float, zorder: int, alpha: float, ends: str
) -> None:
    patch = PathPatch(
        path,
        facecolor="none",
        edgecolor=color,
        linewidth=width,
        capstyle=ends,
        joinstyle="round",
        zorder=zorder,
        alpha=alpha,
        snap=False,  # moved to whole pixels, dots would have no length
    )
    # An artist, not a patch: the axes' limits are set, and finding them anew is slow.
    axes.add_artist(patch)
