"""A run as one picture to share, 1200 × 630: headline, who leads by how much, where it comes from."""

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from reports.analysis.amounts import Amount
from reports.analysis.analysed import Analysis
from reports.analysis.standing import Against, Place, Standing
from reports.drawing import palette, ticks
from reports.drawing.canvas import Canvas, drawing, fitted, ruled
from reports.words import units
from reports.words.headline import headline

SVG_FILE, PNG_FILE = "card.svg", "card.png"

# In pixels. Previews of links are cut to this shape, and shown at half its size or less.
_WIDTH, _HEIGHT, _MARGIN = 1200, 630, 56
_TITLE, _LINE, _SMALL = 30.0, 19.0, 16.0
_TITLE_STEP, _TITLE_WIDTH, _TITLE_LINES = 40, 62, 4
_NAMES, _FIGURES = 470, 330  # columns beside the marks
_MOST_ROWS, _MOST_HEIGHT = 8, 46


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Who leads a workload and tier, and how much longer the next one takes."""

    place: str
    best: str
    next: str
    ratio: Amount
    verdict: Against


def rows_of(analysis: Analysis) -> tuple[Row, ...]:
    """A row for each standing in which two were compared, in the order of the run."""
    return tuple(_rows(analysis))


def _rows(analysis: Analysis) -> Iterator[Row]:
    for name, standings in analysis.standings.items():
        for standing in standings:
            second = _second(standing)
            if second is not None:
                tier = standing.heading.partition(" (")[0] if standing.tier else ""
                yield Row(
                    place=", ".join(filter(None, (name, tier))),
                    best=standing.places[0].contender,
                    next=second.contender,
                    ratio=second.ratio,
                    verdict=second.against,
                )


def _second(standing: Standing) -> Place | None:
    second = standing.rivals[0] if standing.rivals else None
    return second if second is not None and second.comparison is not None else None


def write_card(analysis: Analysis, target: Path) -> list[Path]:
    """Write card.svg and card.png into the folder `target`, which must exist."""
    written = []
    with drawing():
        figure = card(analysis)
        for name in (SVG_FILE, PNG_FILE):
            file = target / name
            metadata = {"Date": None} if name == SVG_FILE else {"Software": None}
            figure.savefig(file, metadata=metadata)
            written.append(file)
    return written


def card(analysis: Analysis) -> Figure:
    """The picture, drawn on the light page's colours."""
    styles = palette.styles(analysis.run["contenders"])
    theme = palette.coloured(palette.LIGHT, styles)
    canvas = Canvas(width=_WIDTH, theme=theme, styles=styles)
    figure = canvas.blank(_HEIGHT)
    figure.patch.set_visible(True)
    figure.patch.set_facecolor(theme.surface)
    lines = _title(analysis)
    _write(figure, "awaitbench", _MARGIN, 40, size=_LINE, color=theme.muted)
    for number, line in enumerate(lines):
        y = 86 + _TITLE_STEP * number
        _write(figure, line, _MARGIN, y, size=_TITLE, color=theme.ink, weight="bold")
    top = 86 + _TITLE_STEP * len(lines) + 6
    if rows := rows_of(analysis):
        _draw(figure, rows[:_MOST_ROWS], canvas, top)
        key = "How many times as long the next one takes, 95 % intervals; a full mark is proven"
        if len(rows) > _MOST_ROWS:
            key += f"; {len(rows) - _MOST_ROWS} more in the report"
        _write(figure, key, _MARGIN, _HEIGHT - 60, size=_SMALL, color=theme.muted)
    _write(figure, _provenance(analysis), _MARGIN, _HEIGHT - 30, size=_SMALL, color=theme.muted)
    return figure


def _title(analysis: Analysis) -> list[str]:
    return textwrap.wrap(headline(analysis), _TITLE_WIDTH, max_lines=_TITLE_LINES, placeholder=" …")


def _provenance(analysis: Analysis) -> str:
    run, machine = analysis.run, analysis.run["machine"]
    suite = run["suite"]
    version = f"awaitbench {suite['version']}" if suite else ""
    cpu = f"{machine['cpu']}, {machine['cores']} cores"
    told = (run["started"][:10], cpu, version, run["id"])
    return fitted(" · ".join(filter(None, told)), _WIDTH - 2 * _MARGIN, _SMALL)


def _draw(figure: Figure, rows: Sequence[Row], canvas: Canvas, top: float) -> None:
    """The dots with their intervals, a line a row; hollow where nothing is proven."""
    foot = 118
    height = min(_HEIGHT - foot - top, _MOST_HEIGHT * len(rows))
    axes = canvas.axes(
        figure,
        "x",
        left=_MARGIN + _NAMES,
        top=top,
        width=_WIDTH - 2 * _MARGIN - _NAMES - _FIGURES,
        height=height,
    )
    axes.set_ylim(len(rows), 0)
    ruled(axes.yaxis, ())
    axes.set_xscale("log")
    low, high = ticks.padded([1.0, *(n for row in rows for n in row.ratio.numbers)])
    axes.set_xlim(low, high)
    ruled(axes.xaxis, ticks.logarithmic(low, high, 4), lambda v: f"{ticks.label(v)}×")
    axes.tick_params(labelsize=_SMALL)
    axes.axvline(1.0, color=canvas.theme.muted, linewidth=1.5, zorder=1)
    for number, row in enumerate(rows):
        _put(axes, canvas, row, number + 0.5)


def _put(axes: Axes, canvas: Canvas, row: Row, level: float) -> None:
    color, ratio = canvas.color(row.next), row.ratio
    proven = row.verdict is Against.SLOWER
    if ratio.low is not None and ratio.high is not None:
        axes.plot([ratio.low, ratio.high], [level, level], color=color, linewidth=3)
    axes.plot(
        [ratio.value],
        [level],
        marker=canvas.styles[row.next].marker,
        markersize=13,
        markerfacecolor=color if proven else canvas.theme.surface,
        markeredgecolor=color,
        markeredgewidth=2,
        linestyle="none",
        zorder=4,
    )
    beside = ("axes fraction", "data")
    who = f"{canvas.styles[row.best].label}"
    name = fitted(row.place, _NAMES * 0.58, _SMALL)
    canvas.write(
        axes, name, at=(0, level), within=beside, offset=(-_NAMES, 0), size=_SMALL, ha="left"
    )
    best = fitted(who, _NAMES * 0.4, _SMALL)
    canvas.write(axes, best, at=(0, level), within=beside, offset=(-12, 0), size=_SMALL, ha="right")
    told = (
        f"{_word(row.verdict)} {units.ratio(*ratio.numbers).value} {canvas.styles[row.next].label}"
    )
    shown = fitted(told, _FIGURES - 12, _SMALL)
    canvas.write(axes, shown, at=(1, level), within=beside, offset=(12, 0), size=_SMALL, ha="left")


def _word(verdict: Against) -> str:
    words = {
        Against.SLOWER: "✓",
        Against.EQUIVALENT: "≈",
        Against.UNDECIDED: "?",
        Against.NOT_STEADY: "∿",
    }
    return words.get(verdict, "")


def _write(figure: Figure, text: str, x: float, y: float, **style: object) -> None:
    figure.text(x / _WIDTH, 1 - y / _HEIGHT, text, va="center", ha="left", **style)
