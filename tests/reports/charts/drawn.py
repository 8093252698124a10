"""A chart of a run, drawn for a test to look at."""

from matplotlib.figure import Figure

from reports import Analysis, charts
from reports.drawing import palette
from reports.drawing.canvas import Canvas


def canvas_of(analysis: Analysis, width: int) -> Canvas:
    """A canvas in the colours of light."""
    styles = palette.styles(analysis.run["contenders"])
    return Canvas(width=width, theme=palette.coloured(palette.LIGHT, styles), styles=styles)


def picture_of(analysis: Analysis, chart: str, workload: int = 0) -> charts.Picture:
    """A chart of a workload of the run."""
    plan = analysis.run["workloads"][workload]
    (found,) = (each for each in charts.of_workload(analysis, plan) if each.name == chart)
    return found


def drawn(analysis: Analysis, chart: str, width: int = 820, workload: int = 0) -> Figure:
    """The same as a figure."""
    return picture_of(analysis, chart, workload).draw(canvas_of(analysis, width))
