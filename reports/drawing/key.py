"""Which mark and line is whose, above the lines of a chart."""

from collections.abc import Sequence

from matplotlib.axes import Axes

from reports.drawing.canvas import Canvas

LINE = 20  # pixels a line of the key takes
_ENTRY = 184  # pixels of an entry: its mark, and a label of 20 characters
_MARK = 24


def key_height(entries: int, width: float) -> float:
    """How many pixels the key of so many entries takes on a drawing of that width."""
    return LINE * -(-entries // _columns(width))


def draw_key(
    axes: Axes,
    canvas: Canvas,
    contenders: Sequence[str],
    *,
    left: float,
    above: float,
    width: float,
    lined: bool = True,
) -> None:
    """Name the contenders by their marks, on their lines where these are `lined`, from `left` pixels of the axes' left edge, `above` pixels over it."""
    columns, bounds = _columns(width), axes.get_window_extent()
    step = width / columns
    for place, contender in enumerate(contenders):
        row, column = divmod(place, columns)
        x = left + column * step
        y = above + key_height(len(contenders), width) - LINE * (row + 0.5)
        at = 1 + y / bounds.height
        if lined:
            _line(axes, canvas, contender, (x / bounds.width, (x + 20) / bounds.width), at)
        canvas.key_mark(axes, contender, at=((x + 10) / bounds.width, at))
        label = canvas.label(contender, step - _MARK - 2)
        canvas.write(axes, label, at=(0, 1), offset=(x + _MARK, y), ha="left")


def _line(
    axes: Axes, canvas: Canvas, contender: str, across: tuple[float, float], at: float
) -> None:
    style = canvas.styles[contender]
    axes.plot(
        across,
        [at, at],
        transform=axes.transAxes,
        color=canvas.color(contender),
        linewidth=1.8,
        linestyle=(0, style.dash) if style.dash else "-",
        clip_on=False,
    )


def _columns(width: float) -> int:
    return max(1, int(width // _ENTRY))
