"""Who is ahead after so many items, start-up included, and where that changes."""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from reports.analysis.analysed import Analysis
from reports.analysis.break_even_courses import Course, behind, course_of, courses_by_block, leaders
from reports.analysis.break_even_rows import BreakEvenRow
from reports.analysis.work import family_of, has_network, items_of
from reports.charts import MOST_LINES, Chart, Picture, drawn_of, thinned
from reports.drawing import ticks
from reports.drawing.canvas import Canvas, drawing, ruled
from reports.drawing.panels import Panel, panels
from reports.words import units
from reports.words.break_even import plural, rounded
from reports.words.tables import Table, contender_table
from reports.words.units import Scale
from results.format import WorkloadPlan

_HEIGHTS, _FOOT = (230, 120), 56
_MOST_COLUMNS = 12
_MOST_BEHIND = 3.0  # times: who is further behind has no part in the crossing


@dataclass(frozen=True, slots=True, kw_only=True)
class Race:
    """A tier: its courses, the best first; who leads at first, and the rows of those who lead one
    after the other, or of the one that always does and the next.
    """

    heading: str | None
    courses: tuple[Course, ...]
    first: str
    rows: tuple[BreakEvenRow, ...]

    @property
    def crossings(self) -> tuple[BreakEvenRow, ...]:
        """Where another one than the first takes the lead for good."""
        return tuple(row for row in self.rows if row["items"] and row["ahead"] != self.first)


def picture(analysis: Analysis, workload: WorkloadPlan) -> Picture | None:
    races = races_of(analysis, workload)
    if not races:
        return None
    items = plural(family_of(analysis.run, workload)["item"])
    courses = [course for race in races for course in race.courses]
    everybody = len(analysis.places(workload["name"]))
    unit = units.fitting(max(course.times[-1] for course in courses), "ns")
    told = " ".join(f"{row['sentence']}." for race in races for row in race.rows)
    return Picture(
        name="break-even",
        heading=f"Who is ahead after so many {items}, start-up included",
        caption="Start-up and all iterations so far, the median over the blocks; below, how many times "
        f"the least of the tier, up to {_MOST_BEHIND:.0f}. {told}"
        + thinned(len(courses), everybody),
        finding=told,
        draw=lambda canvas: race_figure(races, canvas, unit, items),
        data=_table(courses, items),
    )


def races_of(analysis: Analysis, workload: WorkloadPlan) -> tuple[Race, ...]:
    """The tiers in which a break-even point was looked for."""
    name = workload["name"]
    rows = [row for row in analysis.summary["break_even"] if row["workload"] == name]
    if not rows or not has_network(analysis.run, workload):
        return ()
    items = items_of(family_of(analysis.run, workload), workload) or 1
    blocks = courses_by_block(analysis.frames.iterations, name)
    standings, races = analysis.standings[name], []
    chosen = drawn_of(analysis, workload, MOST_LINES) & blocks.keys()
    for standing in standings:
        own = {place.contender for place in standing.places} & chosen
        paired = [row for row in rows if {row["a"], row["b"]} <= own]
        if paired:
            met = [p.contender for p in standing.places if p.contender in own]
            courses = tuple(course_of(who, blocks[who], items) for who in met)
            races.append(
                Race(
                    heading=standing.heading if len(standings) > 1 else None,
                    courses=courses,
                    first=next(leaders(courses))[0],
                    rows=tuple(_rows(courses, paired)),
                )
            )
    return tuple(races)


def _rows(courses: Sequence[Course], rows: Sequence[BreakEvenRow]) -> list[BreakEvenRow]:
    order = [who for who, _ in leaders(courses)]
    pairs = dict.fromkeys(frozenset(pair) for pair in zip(order, order[1:]))
    pairs = pairs or {frozenset((order[0], _next(courses, order[0]))): None}
    return [row for pair in pairs for row in rows if {row["a"], row["b"]} == pair]


def _next(courses: Sequence[Course], first: str) -> str:
    """Who is next to the one that leads all the time, in the end."""
    ends = {who: float(share[-1]) for who, (_, share) in behind(courses).items() if who != first}
    return min(ends.items(), key=lambda end: end[1])[0]


def _table(courses: Sequence[Course], items: str) -> Table:
    longest = max((course.items for course in courses), key=lambda counts: float(counts[-1]))
    step = -(-longest.size // _MOST_COLUMNS)
    shown = [*longest[:-1:step].tolist(), float(longest[-1])]
    values = {}
    for course in courses:
        known = dict(zip(course.items.tolist(), course.times.tolist(), strict=True))
        values[course.contender] = [known.get(each) for each in shown]
    return contender_table(
        values,
        [f"{each:,.0f}" for each in shown],
        caption=f"Start-up and the first {items} together, median over the blocks",
        first=f"{items.capitalize()} →",
    )


def race_figure(races: Sequence[Race], canvas: Canvas, unit: Scale, items: str) -> Figure:
    """A panel a tier: cumulative time, and below it how far each is behind the least."""
    wanted = [
        Panel(heading=race.heading, contenders=tuple(c.contender for c in race.courses))
        for race in races
    ]
    with drawing():
        figure, placed = panels(canvas, wanted, heights=_HEIGHTS, foot=_FOOT)
        for race, (_, (above, below)) in zip(races, placed):
            _frame(above, below, races, canvas, unit, items)
            shares = behind(race.courses)
            for course in race.courses:
                _line(above, course.contender, course.items, course.times / unit.size, canvas)
                _line(below, course.contender, *shares[course.contender], canvas)
            for row in race.crossings:
                _cross((above, below), row, canvas)
    return figure


def _frame(
    above: Axes, below: Axes, races: Sequence[Race], canvas: Canvas, unit: Scale, items: str
) -> None:
    courses = [course for race in races for course in race.courses]
    first = min(course.items[0] for course in courses)
    last = max(course.items[-1] for course in courses)
    times = [t / unit.size for course in courses for t in (course.times[0], course.times[-1])]
    for axes in (above, below):
        axes.set_xscale("log")
        axes.set_yscale("log")
        axes.set_xlim(first / 1.1, last * 1.1)
        ruled(axes.xaxis, ticks.logarithmic(first, last, 4))
    above.tick_params(labelbottom=False)
    low, high = ticks.padded(times)
    above.set_ylim(low, high)
    ruled(above.yaxis, ticks.logarithmic(low, high, 5))
    above.set_ylabel(f"{unit.name} so far", labelpad=4)
    most = _most_behind(races)
    below.set_ylim(most, 0.97)
    ruled(below.yaxis, ticks.logarithmic(1, most, 4), lambda v: f"{ticks.label(v)}×")
    below.set_ylabel("behind", labelpad=4)
    below.set_xlabel(f"{items} (log)", labelpad=6)


def _most_behind(races: Sequence[Race]) -> float:
    shares = [share for race in races for _, share in behind(race.courses).values()]
    most = max(float(share.max()) for share in shares)
    return min(max(most, 1.2) * 1.05, _MOST_BEHIND)


def _line(axes: Axes, contender: str, x: object, y: object, canvas: Canvas) -> None:
    style = canvas.styles[contender]
    axes.plot(
        x,
        y,
        color=canvas.color(contender),
        linewidth=1.8,
        linestyle=(0, style.dash) if style.dash else "-",
        marker=style.marker,
        markersize=6,
        markevery=[0, -1],
        zorder=3,
    )


def _cross(both: Sequence[Axes], row: BreakEvenRow, canvas: Canvas) -> None:
    """A line where the lead changes, on the band of its interval."""
    assert row["items"] is not None
    for axes in both:
        low, high = row["low"] or axes.get_xlim()[0], row["high"] or axes.get_xlim()[1]
        axes.axvspan(low, high, color=canvas.theme.band, linewidth=0, zorder=0)
        axes.axvline(row["items"], color=canvas.theme.ink, linewidth=1, zorder=2)
    canvas.write(
        both[0],
        rounded(row["items"]),
        at=(row["items"], 1),
        within=("data", "axes fraction"),
        offset=(4, -10),
        ha="left",
    )


CHART = Chart(place=6, picture=picture)
