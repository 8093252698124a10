"""The charts of a run as pictures for places that show no SVG."""

import re
from collections.abc import Iterator
from pathlib import Path

from reports import charts
from reports.analysis.analysed import Analysis
from reports.analysis.derived import figures_of
from reports.analysis.work import families_of
from reports.charts import Picture
from reports.drawing import palette
from reports.drawing.canvas import Canvas, drawing

_WIDTH = 820
_DOTS_PER_INCH = 144  # twice the page's pixels, for dense screens
_MARGIN = 0.2  # inches
_PLAIN_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")


def write_pngs(analysis: Analysis, target: Path) -> list[Path]:
    """Write every chart of the page into `target`, which must exist.

    They are called `run-CHART.png`, `WORKLOAD-CHART.png` and `FAMILY-FIGURE.png`.
    """
    styles = palette.styles(analysis.run["contenders"])
    theme = palette.coloured(palette.LIGHT, styles)
    canvas = Canvas(width=_WIDTH, theme=theme, styles=styles)
    written = []
    for place, (scope, picture) in enumerate(_pictures(analysis)):
        file = target / f"{scope}-{_plain(picture.name, f'chart-{place}')}.png"
        with drawing():
            picture.draw(canvas).savefig(
                file,
                dpi=_DOTS_PER_INCH,
                facecolor=theme.surface,
                bbox_inches="tight",
                pad_inches=_MARGIN,
            )
        written.append(file)
    return written


def _pictures(analysis: Analysis) -> Iterator[tuple[str, Picture]]:
    """Every chart, and the plain name of what it shows."""
    for picture in charts.of_run(analysis):
        yield "run", picture
    for place, workload in enumerate(analysis.run["workloads"]):
        name = _plain(workload["name"], f"workload-{place}")
        for picture in charts.of_workload(analysis, workload):
            yield name, picture
    for place, family in enumerate(families_of(analysis.run)):
        for figure in figures_of(analysis, family):
            if (drawn := charts.of_figure(analysis, figure)) is not None:
                yield _plain(family, f"family-{place}"), drawn


def _plain(name: str, otherwise: str) -> str:
    """The name where it makes a plain file name: run.json may hold anything."""
    return name if _PLAIN_NAME.fullmatch(name) else otherwise
