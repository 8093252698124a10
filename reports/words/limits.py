"""What a run cannot show, computed from the run: a sentence for each limit that it has."""

from collections.abc import Iterator
from statistics import median

from reports.analysis.analysed import Analysis
from reports.analysis.steadiness import Pace
from reports.analysis.work import free_cpus, has_network, items_apart
from reports.words import units
from reports.words.openings import told_cells
from reports.words.workloads import counted
from results.format import decisive_metric, quantity_of
from results.plan import FEWEST_BLOCKS

_A_FEW_CYCLES_NS = 1.0


def limit_lines(analysis: Analysis) -> list[str]:
    """The limits of this run, the gravest first, each a whole sentence."""
    return [
        *_proof(analysis),
        *_alarms(analysis),
        *_resolution(analysis),
        *_unsettled(analysis),
        *_young(analysis),
        *_origin(analysis),
        *_nothing_left(analysis),
        *_cpus(analysis),
        *_neighbours(analysis),
        *_wire(analysis),
    ]


def _proof(analysis: Analysis) -> Iterator[str]:
    if analysis.live:
        yield (
            "That the programs did the same work: the sites are not ours, so nothing was proven and "
            "nothing is compared."
        )


def _alarms(analysis: Analysis) -> Iterator[str]:
    itself = [row["ratio"] for row in analysis.summary["null_arm"] if row["alarm"]]
    twins = [row["ratio"] for row in analysis.summary["twins"] if row["alarm"]]
    differed = {
        "a contender differed from itself": itself,
        "the same calls in two styles differed": twins,
    }
    for what, found in differed.items():
        if found:
            most = units.ratio(max(max(ratio, 1 / ratio) for ratio in found)).value
            yield f"Differences up to {most}: {what} by as much."


def _resolution(analysis: Analysis) -> Iterator[str]:
    """How small a difference its own intervals could have told apart from none."""
    run, done = analysis.run, analysis.notes.blocks
    if done < FEWEST_BLOCKS:
        yield f"Who is faster: {counted(done, 'block')} measured, and a verdict needs {FEWEST_BLOCKS}."
        return
    decisive = {workload["name"]: decisive_metric(workload) for workload in run["workloads"]}
    halves = [
        (row["high"] / row["low"]) ** 0.5 - 1
        for row in analysis.summary["comparisons"]
        if row["verdict"] is not None
        and row["metric"] == decisive[row["workload"]]
        and row["low"] is not None
        and row["high"] is not None
    ]
    if halves:
        yield (
            f"Small differences: with {counted(done, 'block')}, half of the intervals between two "
            f"contenders reach {units.percent(round(median(halves), 3))} or more to either side, the "
            f"widest {units.percent(round(max(halves), 3))}; less than that is not told from nothing."
        )


def _unsettled(analysis: Analysis) -> Iterator[str]:
    rows = [row for row in analysis.summary["paces"] if row["low"] is not None]
    cells = [
        (row["workload"], row["contender"]) for row in rows if not Pace(row["pace"]).allows_verdict
    ]
    if cells:
        yield (
            f"The settled pace of {len(cells)} of {len(rows)} results, which warmed up or slowed down "
            "as they were measured, may have drifted, or were not shown to settle by their study: "
            f"{told_cells(analysis, cells)}."
        )


def _young(analysis: Analysis) -> Iterator[str]:
    names = [w["name"] for w in analysis.run["workloads"] if quantity_of(w) in ("young", "first")]
    if names:
        what = "verdicts" if analysis.compared else "figures"
        yield (
            f"What a server pays after hours: {what} in {', '.join(names)} are about young processes."
        )


def _origin(analysis: Analysis) -> Iterator[str]:
    if analysis.notes.origin_limited:
        told = told_cells(analysis, analysis.notes.origin_limited)
        yield (
            "How fast the fastest could be: the origin was busy over 80 % of the time, and so may be "
            f"what was measured, in {told}."
        )


def _nothing_left(analysis: Analysis) -> Iterator[str]:
    """What takes a few cycles an item may be a loop of which a compiler has left little else."""
    cells = [
        (workload["name"], place.contender)
        for workload in analysis.run["workloads"]
        if (items := items_apart(analysis.run, workload)) > 1
        for place in analysis.places(workload["name"])
        if place.time.over(items).value < _A_FEW_CYCLES_NS
    ]
    if cells:
        yield (
            "What a compiler left: under a nanosecond an item is a few cycles, in which little may be "
            f"left of what was asked for, in {told_cells(analysis, cells)}."
        )


def _cpus(analysis: Analysis) -> Iterator[str]:
    run = analysis.run
    network = any(has_network(run, workload) for workload in run["workloads"])
    given = run["placement"]["programs"] if network else free_cpus(run)
    if len(given) == 1:
        who = "ping programs" if network else "programs"
        yield (
            f"What more cores bring: {who} had one CPU, which compiler and collector of a runtime "
            "shared with it."
        )


def _neighbours(analysis: Analysis) -> Iterator[str]:
    machine, noise = analysis.run["machine"], analysis.notes.noise
    parts = []
    if machine["virtualised"]:
        kind = "" if machine["virtualised"] == "yes" else f" ({machine['virtualised']})"
        parts.append(f"this is a virtual machine{kind}, whose host is not ours")
    if machine["governor"] is None:
        parts.append("how its CPUs set their frequency is not known")
    if noise.uneven is not None:
        fast, slow = noise.uneven
        parts.append(f"the same computation took up to {slow / fast:.1f}× as long at times")
    if noise.throughout is not None:
        parts.append("something waited for a CPU throughout")
    if parts:
        yield f"Another machine’s order: {', '.join(parts)}."


def _wire(analysis: Analysis) -> Iterator[str]:
    run = analysis.run
    if not analysis.live and any(has_network(run, workload) for workload in run["workloads"]):
        yield "Networks: the wire is loopback, without TLS, name look-up or bodies."
