"""How many pings were how slow: their distribution, its slowest tenth stretched."""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from reports.analysis.analysed import Analysis
from reports.analysis.latencies import Latencies
from reports.charts import MOST_LINES, Chart, Picture, drawn_of, thinned
from reports.drawing import ticks
from reports.drawing.canvas import Canvas, drawing, ruled
from reports.drawing.panels import Panel, panels
from reports.words import units
from reports.words.findings import tail_finding
from reports.words.tables import Table, contender_table
from reports.words.units import Scale
from results.format import WorkloadPlan

_HEIGHT, _FOOT = 300, 56
_SHOWN = (0.5, 0.9, 0.99, 0.999, 0.9999, 0.99999)
# The fastest nine tenths take as much height as this many factors of ten of the slowest.
_BULK = 1.4

Floats = NDArray[np.float64]


def picture(analysis: Analysis, workload: WorkloadPlan) -> Picture | None:
    found = latencies_of(analysis, workload)
    if not found:
        return None
    unit = units.fitting(
        float(np.median([e.times[e.times.size // 2] for e in found.values()])), "ns"
    )
    chosen = drawn_of(analysis, workload, MOST_LINES) & found.keys()
    wanted = [
        Panel(
            heading=standing.heading if len(analysis.standings[workload["name"]]) > 1 else None,
            contenders=own,
        )
        for standing in analysis.standings[workload["name"]]
        if (own := tuple(p.contender for p in standing.places if p.contender in chosen))
    ]
    drawn = {who: found[who] for who in found if who in chosen}
    return Picture(
        name="latencies",
        heading="Single pings, to the slowest",
        caption="The share of all measured pings that took no longer. Above 90 % each step upwards "
        "is a tenth of those left; lines end where ten pings are slower."
        + thinned(len(chosen), len(found)),
        finding=tail_finding(analysis, found),
        draw=lambda canvas: latency_figure(drawn, wanted, canvas, unit),
        data=_table(found),
    )


def latencies_of(analysis: Analysis, workload: WorkloadPlan) -> Mapping[str, Latencies]:
    """The pings of everybody with a number, the best of each tier first."""
    pings, name = analysis.frames.pings, workload["name"]
    places = [place.contender for place in analysis.places(name)]
    return {who: pings[name, who].latencies for who in places if (name, who) in pings}


def height_of(shares: Floats) -> Floats:
    """Where shares stand: evenly up to 0.9, then 1 higher for each tenth of what is left."""
    tail = _BULK - 1 - np.log10(np.maximum(1 - shares, 1e-12))
    return np.where(shares <= 0.9, shares / 0.9 * _BULK, tail)


def _table(found: Mapping[str, Latencies]) -> Table:
    most = max(each.shares[-1] for each in found.values())
    shown = [share for share in _SHOWN if share <= most]
    return contender_table(
        {who: [each.at(share) for share in shown] for who, each in found.items()},
        [f"p{100 * share:.6g}" for share in shown],
        caption="The time that a share of the pings did not exceed",
    )


def latency_figure(
    found: Mapping[str, Latencies], wanted: Sequence[Panel], canvas: Canvas, unit: Scale
) -> Figure:
    """A panel a tier, a line a contender; both panels have the same axes."""
    with drawing():
        figure, placed = panels(canvas, wanted, heights=(_HEIGHT,), foot=_FOOT)
        for panel, (axes,) in placed:
            _frame(axes, found, unit, canvas)
            for contender in panel.contenders:
                _draw(axes, contender, found[contender], canvas, unit)
    return figure


def _frame(axes: Axes, found: Mapping[str, Latencies], unit: Scale, canvas: Canvas) -> None:
    times = np.concatenate([each.times for each in found.values()]) / unit.size
    axes.set_xscale("log")
    low, high = ticks.padded(times[times > 0].tolist(), 0.03)
    axes.set_xlim(low, high)
    ruled(axes.xaxis, ticks.logarithmic(low, high, 4 if canvas.narrow else 6))
    axes.set_xlabel(f"time of a ping, {unit.name} (log)", labelpad=6)
    most = max(each.shares[-1] for each in found.values())
    axes.set_ylim(0, float(height_of(np.array(most))) + 0.1)
    shown = [0.0, *(share for share in _SHOWN if share <= most)]
    places = height_of(np.array(shown)).tolist()
    labels = {place: f"{100 * share:.6g} %" for place, share in zip(places, shown)}
    ruled(axes.yaxis, places, labels.__getitem__)


def _draw(axes: Axes, contender: str, own: Latencies, canvas: Canvas, unit: Scale) -> None:
    style, color = canvas.styles[contender], canvas.color(contender)
    heights = height_of(own.shares)
    axes.plot(
        own.times / unit.size,
        heights,
        color=color,
        linewidth=1.8,
        linestyle=(0, style.dash) if style.dash else "-",
        zorder=3,
    )
    marked = [share for share in _SHOWN if share <= own.shares[-1]]
    axes.plot(
        [(own.at(share) or 0) / unit.size for share in marked],
        height_of(np.array(marked)),
        marker=style.marker,
        markersize=7,
        color=color,
        markeredgecolor=canvas.theme.surface,
        markeredgewidth=0.8,
        linestyle="none",
        zorder=4,
    )


CHART = Chart(place=2, picture=picture)
