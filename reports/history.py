"""All runs in one page, newest first, with a line per contender and workload over time."""

import base64
import hashlib
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from reports.analysis.entries import Entry
from reports.analysis.history import Line, Point, lines
from reports.analysis.remembered import entries
from reports.drawing import palette
from reports.words import units
from results.files import replace

INDEX_FILE = "index.html"

# The newest of a line: more would lie closer together than a finger or an eye can tell.
_MOST_POINTS = 60
_WIDTH, _HEIGHT, _EDGE = 520, 46, 8
_WIDEST_STEP = 36
_LEAST_SPAN = math.log(1.2)  # so that noise of a few per cent looks like what it is
_MARKS = {"machine": "M", "workload": "W", "sources": "S", "runtime": "R"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line as the page shows it: the newest figure, its change since the run before, the drawing."""

    label: str
    quantity: str
    newest: str
    since: str
    drawing: Markup


def write_history(base: Path) -> Path:
    """Write the index of all runs below a folder, whole or not at all. Raises OSError."""
    file = base / INDEX_FILE
    replace(file, render(entries(base)))
    return file


def render(found: Sequence[Entry]) -> str:
    """The page of these runs, which are given newest first."""
    style = _style_sheet()
    environment = Environment(
        loader=PackageLoader("reports", "templates"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    return environment.get_template("history.html").render(
        style=Markup(style),
        style_hash=base64.b64encode(hashlib.sha256(style.encode()).digest()).decode(),
        runs=found,
        workloads=_workloads(lines(found, _MOST_POINTS)),
        most=_MOST_POINTS,
    )


def _workloads(found: Sequence[Line]) -> dict[str, list[Row]]:
    """The rows of each workload, those that have most runs first in the order in which they came."""
    of: dict[str, list[Row]] = {}
    for line in found:
        of.setdefault(line.key[0], []).append(_row(line))
    return of


def _row(line: Line) -> Row:
    points = line.points
    newest, since = points[-1].amount, "first run"
    if len(points) > 1:
        since = f"{units.ratio(newest.value / points[-2].amount.value).value} the run before"
    return Row(
        label=line.label,
        quantity=line.key[2],
        newest=str(units.told(newest, "ns")),
        since=since,
        drawing=Markup("".join(_drawn(line.label, points))),
    )


def _drawn(label: str, points: Sequence[Point]) -> Iterator[str]:
    """An SVG: time from left to right, the logarithm of the figure upwards, marks for changes."""
    logs = [math.log(point.amount.value) for point in points]
    middle = (max(logs) + min(logs)) / 2
    span = max(max(logs) - min(logs), _LEAST_SPAN)
    step = min(_WIDEST_STEP, (_WIDTH - 2 * _EDGE) / max(len(points) - 1, 1))
    places = [
        (_EDGE + i * step, _HEIGHT / 2 - (value - middle) / span * (_HEIGHT - 2 * _EDGE - 10))
        for i, value in enumerate(logs)
    ]
    yield (
        f'<svg class="line" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" '
        f'aria-label="{escape(label)}: {len(points)} runs">'
    )
    told = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    yield f'<polyline points="{told}" fill="none" stroke="currentColor" stroke-width="1.2"/>'
    for (x, y), point in zip(places, points):
        letters = "".join(_MARKS[what] for what in point.changed)
        if letters:
            yield f'<line class="mark" x1="{x:.1f}" x2="{x:.1f}" y1="0" y2="{_HEIGHT - 10}"/>'
            yield f'<text class="mark" x="{x:.1f}" y="{_HEIGHT - 1}">{letters}</text>'
        title = f"{point.entry.run['id']}: {units.told(point.amount, 'ns')}"
        if point.changed:
            title += f"; changed: {', '.join(point.changed)}"
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3"><title>{escape(title)}</title></circle>'
    yield "</svg>"


def _style_sheet() -> str:
    light, dark = (palette.properties(colours) for colours in (palette.LIGHT, palette.DARK))
    fixed = (files("reports") / "templates" / "page.css").read_text(encoding="utf-8")
    own = (
        "svg.line{width:min(520px,80vw);height:auto;overflow:visible;color:var(--link)}"
        "svg.line circle{fill:currentColor}"
        "svg.line .mark{stroke:var(--muted);stroke-dasharray:2 2}"
        "svg.line text.mark{stroke:none;fill:var(--muted);font-size:9px;text-anchor:middle}"
        "td.drawn{padding-top:.2rem;padding-bottom:.2rem}"
        "td.drawn,th.drawn{text-align:left}"
    )
    dark_rule = f"@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}"
    return "\n".join((f":root{{{light}}}", dark_rule, fixed, own))
