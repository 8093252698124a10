"""The four charts of a workload: what they show, drawn at whatever size and in whatever colours."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
from matplotlib.figure import Figure

from results.format import RunFile, WorkloadPlan
from reports.words import units
from reports.analysis.block_values import block_means
from reports.charts.blocks import BlockGroup, BlockValues, block_figure
from reports.drawing.canvas import Canvas
from reports.drawing.palette import Style
from reports.charts.ratios import Ratio, RatioGroup, ratio_figure
from reports.drawing.ticks import time_unit
from reports.charts.timeline import timeline_figure
from reports.analysis.traces import TraceGroup, median_iteration
from reports.charts.warmup import Curve, curve, warmup_figure
from reports.analysis.frames import Frames
from reports.analysis.standing import Standing, standings
from reports.analysis.summary import EstimateRow, Summary


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Gallery:
    """The data of one workload's charts; a part that has no data is empty.

    `styles` are those of all contenders of the run.
    """

    run: RunFile
    workload: WorkloadPlan
    styles: Mapping[str, Style]
    standings: tuple[Standing, ...]
    ratios: tuple[RatioGroup, ...]
    blocks: tuple[BlockGroup, ...]
    traces: tuple[TraceGroup, ...]
    curves: tuple[Curve, ...]

    def drawings(self) -> dict[str, Callable[[Canvas], Figure]]:
        """The charts that have data, by name, in reading order."""
        charts = {
            "ratios": (self.ratios, self._draw_ratios),
            "blocks": (self.blocks, self._draw_blocks),
            "timeline": (self.traces, self._draw_timeline),
            "warmup": (self.curves, self._draw_warmup),
        }
        return {name: draw for name, (data, draw) in charts.items() if data}

    def _draw_ratios(self, canvas: Canvas) -> Figure:
        return ratio_figure(self.ratios, self.styles, canvas, self.run["delta"])

    def _draw_blocks(self, canvas: Canvas) -> Figure:
        unit = time_unit(max(max(r.values) for group in self.blocks for r in group.rows))
        count = self.run["blocks"]
        return block_figure(self.blocks, self.styles, canvas, unit=unit, blocks=count)

    def _draw_timeline(self, canvas: Canvas) -> Figure:
        unit = time_unit(max(t.real_ns for group in self.traces for t in group.traces))
        return timeline_figure(self.traces, self.styles, canvas, unit)

    def _draw_warmup(self, canvas: Canvas) -> Figure:
        unit = time_unit(max(max(c.median) for c in self.curves))
        warmup = self.workload["warmup"]
        return warmup_figure(self.curves, self.styles, canvas, unit=unit, warmup=warmup)


def gallery(
    run: RunFile,
    summary: Summary,
    frames: Frames,
    workload: WorkloadPlan,
    styles: Mapping[str, Style],
) -> Gallery:
    """Gather what the charts of `workload` show."""
    name = workload["name"]
    here = standings(run, summary, name)
    iterations = frames.iterations[frames.iterations["workload"] == name]
    pings = frames.pings[frames.pings["workload"] == name]
    order = [place.contender for standing in here for place in standing.places]
    # A single iteration has no course to show.
    several = order if workload["iterations"] > 1 else []
    curves = [curve(iterations, name, contender) for contender in several]
    return Gallery(
        run=run,
        workload=workload,
        styles=styles,
        standings=here,
        ratios=_ratio_groups(here),
        blocks=_block_groups(here, block_means(iterations, name, "real_ns")),
        traces=_trace_groups(here, iterations, pings),
        curves=tuple(found for found in curves if found is not None),
    )


def _heading(standing: Standing, here: Sequence[Standing]) -> str | None:
    return standing.heading if len(here) > 1 else None


def _ratio_groups(here: Sequence[Standing]) -> tuple[RatioGroup, ...]:
    """Tiers in which something can be compared."""
    return tuple(
        RatioGroup(
            heading=_heading(standing, here),
            ratios=tuple(
                Ratio(
                    contender=place.contender,
                    ratio=place.ratio,
                    low=place.low,
                    high=place.high,
                    text=_ratio_text(place.ratio, place.low, place.high),
                )
                for place in standing.places
            ),
        )
        for standing in here
        if any(place.comparison is not None for place in standing.places)
    )


def _ratio_text(ratio: float, low: float | None, high: float | None) -> str:
    shown = units.ratio(ratio, low, high)
    return f"{shown.value} ({shown.interval})" if shown.interval else shown.value


def _block_groups(here: Sequence[Standing], means: pd.Series) -> tuple[BlockGroup, ...]:
    return tuple(
        BlockGroup(
            heading=_heading(standing, here),
            rows=tuple(_block_row(place.real, means) for place in standing.places),
        )
        for standing in here
        if standing.places
    )


def _block_row(real: EstimateRow, means: pd.Series) -> BlockValues:
    own = means[real["contender"]]
    low, high = real["low"], real["high"]
    shown = units.quantity(real["value"], real["unit"], low, high)
    return BlockValues(
        contender=real["contender"],
        blocks=tuple(int(block) for block in own.index),
        values=tuple(float(value) for value in own),
        estimate=real["value"],
        low=real["value"] if low is None else low,
        high=real["value"] if high is None else high,
        text=f"{shown.value} ({shown.interval})" if shown.interval else shown.value,
    )


def _trace_groups(
    here: Sequence[Standing], iterations: pd.DataFrame, pings: pd.DataFrame
) -> tuple[TraceGroup, ...]:
    groups = []
    for standing in here:
        found = [
            median_iteration(iterations, pings, standing.workload, place.contender)
            for place in standing.places
        ]
        traces = tuple(trace for trace in found if trace is not None)
        if traces:
            groups.append(TraceGroup(heading=_heading(standing, here), traces=traces))
    return tuple(groups)
