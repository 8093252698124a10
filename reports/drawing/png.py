"""The charts of a run as pictures for places that show no SVG."""

import re
from pathlib import Path

from results.format import WorkloadPlan
from reports.drawing import palette
from reports.drawing.canvas import Canvas, drawing
from reports.charts.gallery import gallery
from reports.analysis.frames import Frames
from results.run_folder import RunFolder
from reports.analysis.summary import Summary

_WIDTH = 820
_DOTS_PER_INCH = 144  # twice the page's pixels, for dense screens
_MARGIN = 0.2  # inches
_PLAIN_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")


def write_pngs(folder: RunFolder, summary: Summary, frames: Frames, target: Path) -> list[Path]:
    """Write `WORKLOAD-CHART.png` for every workload and chart into `target`, which must exist."""
    styles = palette.styles(folder.run["contenders"])
    canvas = Canvas(width=_WIDTH, theme=palette.coloured(palette.LIGHT, styles))
    written = []
    for index, workload in enumerate(folder.run["workloads"]):
        pictures = gallery(folder.run, summary, frames, workload, styles)
        for chart, draw in pictures.drawings().items():
            file = target / f"{_file_stem(workload, index)}-{chart}.png"
            with drawing():
                draw(canvas).savefig(
                    file,
                    dpi=_DOTS_PER_INCH,
                    facecolor=canvas.theme.surface,
                    bbox_inches="tight",
                    pad_inches=_MARGIN,
                )
            written.append(file)
    return written


def _file_stem(workload: WorkloadPlan, index: int) -> str:
    """The workload's name where it makes a plain file name: run.json may hold anything."""
    name = workload["name"]
    return name if _PLAIN_NAME.fullmatch(name) else f"workload-{index}"
