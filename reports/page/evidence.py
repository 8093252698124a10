"""How each figure came about, to be unfolded where it stands: blocks, proof, drift, noise, records."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from statistics import median

from markupsafe import Markup

from reports.analysis.analysed import Analysis
from reports.analysis.evidence import Evidence, evidence_of
from reports.analysis.null_arm import LEVEL
from reports.page.anchors import evidence_anchor
from reports.page.facts import Fact
from reports.words import units
from reports.words.paces import pace_words
from reports.words.quantities import workload_quantity
from reports.words.workloads import counted, pings
from results.format import INVOCATIONS_FILE, PINGS_FILE, WorkloadPlan

_MOST_LINES = 24
_MOST_BYTES = 2000
_FILE = '<a href="{0}">{0}</a>'


@dataclass(frozen=True, slots=True, kw_only=True)
class Exhibit:
    """One contender's evidence: terms and what is known of them, and its request, line by line."""

    key: str
    contender: str
    facts: tuple[Fact, ...]
    request: tuple[str, ...]


def evidence(analysis: Analysis) -> Mapping[str, tuple[Exhibit, ...]]:
    """By workload, an exhibit for everybody that was planned there."""
    found = evidence_of(analysis)
    return {
        workload["name"]: tuple(
            Exhibit(
                key=f"{evidence_anchor(workload, each.contender, analysis.run)}-proof",
                contender=each.contender,
                facts=tuple(_facts(analysis, workload, each)),
                request=tuple(_escaped(each.request)) if each.request else (),
            )
            for each in found[workload["name"]]
        )
        for workload in analysis.run["workloads"]
    }


def _facts(analysis: Analysis, workload: WorkloadPlan, own: Evidence) -> Iterator[Fact]:
    yield "Blocks", _blocks(analysis, own)
    yield from _estimate(analysis, workload, own)
    if analysis.live:
        yield "Not checked", "what is pinged belongs to others"
    else:
        yield "Checked", _checked(own)
    for breach in own.breaches:
        yield f"Broke {breach.rule}", f"block {breach.block + 1}: {breach.seen}"
    if own.measured:
        answered = own.measured - own.failed
        told = f"a status to {answered:,} of {own.measured:,} measured pings"
        if own.answered:
            told += f", {', '.join(map(str, own.answered))} from the origin to its first process"
        yield "Answers", f"{told}; their bytes are not stored"
    if own.busy is not None:
        yield "Origin", f"at work {units.percent(round(own.busy, 3))} of the time"
    yield from _drift(own)
    if own.null is not None:
        shown = units.ratio(own.null["ratio"], own.null["low"], own.null["high"])
        level = f"; {100 * LEVEL:.4g} % interval" if shown.interval else ""
        yield (
            "Against itself",
            f"its second process of a block took {shown} of the first’s time{level}",
        )
    yield from _noise(own)
    yield "Raw", _raw(own)


def _blocks(analysis: Analysis, own: Evidence) -> str:
    """Every block value in one unit, in the order of the blocks."""
    if not own.blocks:
        return "none that counts"
    scale = units.fitting(median(own.blocks.values()), "ns")
    lost = analysis.run["blocks"] - len(own.blocks)
    told = " ".join(units.digits(value / scale.size) for value in own.blocks.values())
    return f"{told} {scale.name}" + (f"; {counted(lost, 'block')} without a value" if lost else "")


def _estimate(analysis: Analysis, workload: WorkloadPlan, own: Evidence) -> Iterator[Fact]:
    places = {place.contender: place for place in analysis.places(workload["name"])}
    place = places.get(own.contender)
    if place is None:
        return
    time = units.told(place.time, "ns")
    yield f"Estimate, {workload_quantity(workload)}", (
        f"{time}, from the {_averages(len(own.blocks)):,} averages of two blocks’ logarithms"
    )
    row = place.comparison
    if row is not None and row["ratio"] is not None:
        p = row["p_adjusted"]
        corrected = "" if p is None else f"; p {units.digits(p)} corrected"
        yield "Ratio to the lowest", f"{units.ratio(*place.ratio.numbers)}{corrected}"


def _averages(blocks: int) -> int:
    """How many averages of two of so many values there are, each with itself included."""
    return blocks * (blocks + 1) // 2


def _checked(own: Evidence) -> str:
    broke = len({breach.block for breach in own.breaches})
    kept = f"{counted(broke, 'block')} with a broken rule" if broke else "no rule broken"
    told = "1 process" if own.invocations == 1 else f"{own.invocations:,} processes"
    if own.pings:
        told += f", {pings(own.pings)}"
        if own.connections is not None:
            told += f" seen by the origin over {counted(own.connections, 'connection')}"
    return f"{told}: {kept}"


def _drift(own: Evidence) -> Iterator[Fact]:
    row = own.pace
    if row is None:
        return
    shown = units.ratio(row["ratio"], row["low"], row["high"])
    bound = ""
    if row["bound"] is not None:
        bound = f", {units.percent_at_most(row['bound'])} at most"
    yield "Drift", f"second half over first {shown}{bound}: {pace_words(row)}"
    yield "Warm-up", f"{counted(row['warmup'], 'iteration')}; {row['why']}"


def _noise(own: Evidence) -> Iterator[Fact]:
    told = []
    if own.canaries:
        low, high = (units.quantity(end(own.canaries), "ns").value for end in (min, max))
        told.append(f"a fixed computation before it took {low} to {high}")
    if own.waited:
        usual = units.percent(round(median(own.waited), 2))
        most = units.percent(round(max(own.waited), 2))
        told.append(f"something waited for a CPU in {usual} of the time, {most} at most")
    if told:
        yield "Noise", "; ".join(told)


def _raw(own: Evidence) -> Markup:
    """Where its records lie, beside the page."""
    lines = ", ".join(map(str, own.lines[:_MOST_LINES]))
    more = len(own.lines) - _MOST_LINES
    told = f", line{'s' if len(own.lines) != 1 else ''} {lines or '–'}"
    told += f" and {more} more" if more > 0 else ""
    pings = f"; its pings in {_FILE.format(PINGS_FILE)}" if own.pings else ""
    return Markup(_FILE.format(INVOCATIONS_FILE) + told + pings)


def _escaped(request: bytes) -> Iterator[str]:
    """The lines of a request, their ends and all that is not printable ASCII as escapes."""
    for line in request[:_MOST_BYTES].splitlines(keepends=True):
        yield "".join(_character(byte) for byte in line)


def _character(byte: int) -> str:
    named = {0x0D: "\\r", 0x0A: "\\n", 0x5C: "\\\\"}
    if byte in named:
        return named[byte]
    return chr(byte) if 0x20 <= byte < 0x7F else f"\\x{byte:02x}"
