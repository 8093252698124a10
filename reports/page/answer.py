"""A card a workload: who is fastest in each tier, by how much and how surely."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from reports.analysis.analysed import Analysis
from reports.analysis.derived import DerivedFigure, Part, figures_of
from reports.analysis.spread import block_spreads
from reports.analysis.standing import Against, Place, Standing
from reports.analysis.work import families_of, family_of, has_network, items_apart
from reports.page.anchors import anchor, family_anchor
from reports.words import figures, units
from reports.words.cold import Phase, cold_and_warm
from reports.words.sentences import at_most
from reports.words.stalls import told_stalls
from results.format import WorkloadPlan

# A title of ten names is none: those below have all their own line.
_MOST_LEADERS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What is said of one tier: `lead` names `who`, `sentence` proves it, `rest` are the others.

    `state` and its `glyph` say how sure the lead is, `margin` how large. `phases` are who leads when
    run once, young and warm, where that is not the same one, and `break_even` says from when on;
    `stalls` says where a typical ping orders the two best otherwise.
    """

    heading: str
    state: str
    glyph: str
    who: tuple[str, ...]
    lead: str
    margin: str
    sentence: str
    stalls: str
    phases: tuple[Phase, ...]
    break_even: str
    rest: tuple[tuple[str, str], ...]
    without: tuple[tuple[str, str], ...]
    limited: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What is said of a workload, or of a family with all its workloads.

    `noise` says how far the blocks of a contender lie apart. `beside` are figures other than time
    that the family's claim is about: what is counted, and of whom.
    """

    name: str
    link: str
    asked: str
    replies: tuple[Reply, ...]
    noise: str = ""
    beside: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()


def answers(analysis: Analysis) -> tuple[Answer, ...]:
    """One answer per workload that is in no family's section."""
    spreads = block_spreads(analysis.run, analysis.frames)
    return tuple(
        Answer(
            name=workload["name"],
            link=anchor(workload, analysis.run),
            asked=workload["question"],
            replies=tuple(_reply(analysis, each) for each in analysis.standings[workload["name"]]),
            noise=_noise([own for (name, _), own in spreads.items() if name == workload["name"]]),
        )
        for workload in analysis.run["workloads"]
        if has_network(analysis.run, workload)
    )


def _noise(spreads: Sequence[float]) -> str:
    """The steadiest and the noisiest contender's blocks."""
    if not spreads:
        return ""
    least, most = (f"{bound:.2f}×" for bound in (min(spreads), max(spreads)))
    told = most if least == most else f"{least} to {most}"
    return f"Blocks of one contender differ by {told}"


def family_answers(analysis: Analysis) -> tuple[Answer, ...]:
    """One answer per family without a network, in which somebody of the run takes part."""
    found = (
        Answer(
            name=family,
            link=family_anchor(family, analysis.run),
            asked=workloads[0]["question"],
            replies=_short_replies(analysis, workloads),
            beside=tuple(
                (f"{counted}, {part.workload}", _texts(figure, part))
                for figure in figures_of(analysis, family)
                if (counted := figures.counted(figure))
                for part in _parts(figure)
            ),
        )
        for family, workloads in families_of(analysis.run).items()
    )
    return tuple(answer for answer in found if answer.replies)


def _parts(figure: DerivedFigure) -> tuple[Part, ...]:
    """What the first screen has room for: only the largest size of a figure by size."""
    parts = tuple(part for part in figure.parts if part.amounts)
    by_size = figure.plan["drawn"] == "by-size"
    return tuple(sorted(parts, key=lambda part: part.items)[-1:]) if by_size else parts


def _texts(figure: DerivedFigure, part: Part) -> tuple[tuple[str, str], ...]:
    unit = figure.plan["unit"]
    return tuple(
        (who, str(units.ratio(*amount.numbers) if unit == "1" else units.told(amount, unit)))
        for who, amount in part.amounts.items()
    )


def _short_replies(analysis: Analysis, workloads: Sequence[WorkloadPlan]) -> tuple[Reply, ...]:
    """The leaders of each workload with the best one's own time; the section has the sentences."""
    pairs = [(w, standing) for w in workloads for standing in analysis.standings[w["name"]]]
    replies = []
    for workload, standing in pairs:
        reply = _reply(analysis, standing)
        name = workload["name"] if len(pairs) > 1 or reply.heading else ""
        replies.append(
            replace(
                reply,
                heading=", ".join(filter(None, (name, reply.heading))),
                margin=_time(analysis, workload, standing),
                sentence="",
                phases=(),
                break_even="",
                rest=tuple((p.contender, _rest(p)) for p in standing.places[1:]),
                limited=False,
            )
        )
    return tuple(replies)


def _time(analysis: Analysis, workload: WorkloadPlan, standing: Standing) -> str:
    """The best one's time, per item where that means something."""
    if not standing.places:
        return ""
    items = items_apart(analysis.run, workload)
    text = units.told(standing.places[0].time.over(items), "ns")
    each = (
        f"{text.value} per {family_of(analysis.run, workload)['item']}" if items > 1 else text.value
    )
    return str(replace(text, value=each))


def _reply(analysis: Analysis, standing: Standing) -> Reply:
    places = standing.places
    leaders = _leaders(standing)
    state, glyph, lead = _lead(standing, leaders, analysis.run["delta"])
    sentence = _second_sentence(standing)
    told = {p.contender for p in (*leaders, *(standing.rivals[:1] if sentence else ()))}
    phases, break_even = cold_and_warm(analysis, standing)
    return Reply(
        heading=standing.heading.partition(" (")[0] if standing.tier else "",
        state=state,
        glyph=glyph,
        who=tuple(place.contender for place in leaders[:_MOST_LEADERS]),
        lead=_and_more(leaders) + lead,
        margin=_margin(analysis, standing),
        sentence=sentence,
        stalls=told_stalls(analysis, standing),
        phases=phases,
        break_even=break_even,
        rest=tuple((p.contender, _rest(p)) for p in places if p.contender not in told),
        without=tuple((c, _reason(analysis, standing, c)) for c in standing.without),
        limited=any(analysis.limited(standing.workload, p.contender) for p in places),
    )


def _leaders(standing: Standing) -> tuple[Place, ...]:
    """The best, and all that were not proven slower where anything could be proven."""
    if any(_without_proof(place) for place in standing.rivals):
        return standing.places[:1]
    return tuple(place for place in standing.places if place.against is not Against.SLOWER)


def _margin(analysis: Analysis, standing: Standing) -> str:
    """By how much the best leads, as short as a card wants it; alone, its own time."""
    if not standing.places:
        return ""
    if not standing.rivals or standing.rivals[0].comparison is None:
        return _estimate(standing.places[0])
    rival = standing.rivals[0]
    label, (value, *interval) = analysis.labels[rival.contender], rival.ratio.numbers
    if rival.against is Against.EQUIVALENT:
        return f"within {units.percent(analysis.run['delta'])} of {label}"
    if rival.against is Against.UNDECIDED and interval and interval[0] <= 1 <= interval[1]:
        return f"{label}: {at_most(max(interval[1], 1 / interval[0]))}, if at all"
    return str(
        replace(ratio := units.ratio(value, *interval), value=f"{ratio.value} ahead of {label}")
    )


def _without_proof(place: Place) -> bool:
    """Whether nothing could be proven of this one and the best: no verdict, or too few blocks."""
    if place.against in (Against.NOT_STEADY, Against.NOT_COMPARED):
        return True
    return place.comparison is not None and place.comparison["low"] is None


def _and_more(leaders: tuple[Place, ...]) -> str:
    more = len(leaders) - _MOST_LEADERS
    return f"and {more} more, " if more > 0 else ""


def _lead(standing: Standing, leaders: tuple[Place, ...], delta: float) -> tuple[str, str, str]:
    """How sure it is that the leaders lead: the state, its glyph and the words that qualify them."""
    kinds = {place.against for place in standing.places[1:]}
    if not standing.places:
        return "invalid", "✕", "no number"
    if not kinds:
        return "alone", "·", "the only one measured"
    if standing.won:
        barely = f"fastest, by less than {units.percent(delta)}"
        lead = "fastest, in two styles" if len(leaders) > 1 else "fastest"
        return "faster", "✓", barely if standing.barely else lead
    if any(place.against is Against.NOT_STEADY for place in standing.rivals):
        return "unsteady", "∿", "lowest, not proven"
    if any(_without_proof(place) for place in standing.rivals):
        return "undecided", "?", "lowest, not proven"
    if all(place.against is Against.EQUIVALENT for place in leaders[1:]):
        return "equivalent", "≈", "equivalent"
    return "undecided", "?", "undecided"


def _second_sentence(standing: Standing) -> str:
    """The summary's sentence on the best and its nearest rival."""
    if not standing.rivals:
        return ""
    comparison = standing.rivals[0].comparison
    return (comparison and comparison["sentence"]) or ""


def _rest(place: Place) -> str:
    if place.comparison is None:
        return _estimate(place)
    ratio = units.ratio(*place.ratio.numbers)
    return str(replace(ratio, value=f"takes {ratio.value} its time"))


def _estimate(place: Place) -> str:
    text = units.told(place.time, "ns")
    return f"{text.value} (95 % interval {text.interval})" if text.interval else text.value


def _reason(analysis: Analysis, standing: Standing, contender: str) -> str:
    if (standing.workload, contender) in analysis.notes.unanswered:
        return "every ping failed"
    rules = [row["rule"] for row in standing.broken if row["contender"] == contender]
    return f"invalid ({', '.join(rules)})" if rules else "not measured"
