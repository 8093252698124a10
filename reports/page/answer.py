"""The first screen: per workload and tier, who is fastest, as one sentence with its interval."""

from dataclasses import dataclass, replace

from results.format import WorkloadPlan
from reports.words import units
from reports.page.evidence import Column, Evidence, evidence_of
from reports.page.family_claims import claim_of
from reports.page.columns import Figure
from reports.page.context import Context, anchor
from reports.page.families import family_key
from reports.page.table import Who
from reports.analysis.standing import Against, Place, Standing
from reports.analysis.work import families_of, size_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What is said of one tier: `lead` names `who`, `sentence` proves it, `rest` are the others."""

    heading: str | None
    who: tuple[Who, ...]
    lead: str
    sentence: str
    rest: tuple[tuple[Who, str], ...]
    without: tuple[tuple[Who, str], ...]
    limited: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyAnswer:
    """One family: each of its workloads by name, with what is said of it.

    `beside` are figures other than time that the claim is about: what is counted, and of whom.
    """

    name: str
    link: str
    claim: str
    parts: tuple[tuple[str, Reply], ...]
    beside: tuple[tuple[str, tuple[tuple[Who, str], ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One workload's replies, one a tier."""

    name: str
    link: str
    question: str
    replies: tuple[Reply, ...]


def answers(context: Context) -> tuple[Answer, ...]:
    """One answer per workload that is in no family's section."""
    return tuple(
        Answer(
            name=workload["name"],
            link=anchor(workload, context.run),
            question=workload["question"],
            replies=tuple(
                _reply(context, standing)
                for standing in context.galleries[workload["name"]].standings
            ),
        )
        for workload in context.run["workloads"]
        if size_of(workload) is None
    )


def family_answers(context: Context) -> tuple[FamilyAnswer, ...]:
    """One answer per family without a network, in which somebody of the run takes part."""
    found = (
        FamilyAnswer(
            name=family,
            link=family_key(context, family),
            claim=claim_of(family).claim,
            parts=tuple(
                (workload["name"], _short_reply(context, workload, standing))
                for workload in workloads
                for standing in context.galleries[workload["name"]].standings
            ),
            beside=tuple(
                (f"{shown.told}, {column.name}", _figures(context, shown, column))
                for shown in evidence_of(context, family, workloads)
                for column in _told_columns(shown)
            ),
        )
        for family, workloads in families_of(context.run).items()
    )
    return tuple(answer for answer in found if answer.parts)


def _told_columns(shown: Evidence) -> tuple[Column, ...]:
    """What the first screen has room for: of a figure by size the largest."""
    columns = tuple(column for column in shown.columns if shown.told and column.figures)
    return tuple(sorted(columns, key=lambda c: c.size)[-1:]) if shown.by_size else columns


def _figures(context: Context, shown: Evidence, column: Column) -> tuple[tuple[Who, str], ...]:
    found = []
    for contender in column.contenders:
        if figure := column.figures.get(contender):
            told = units.quantity(figure.value, shown.unit, figure.low, figure.high)
            text = f"{told.value}{'×' if shown.unit == '1' else ''}"
            text += f" ({told.interval})" if told.interval else ""
            found.append((context.who(contender), text))
    return tuple(found)


def _short_reply(context: Context, workload: WorkloadPlan, standing: Standing) -> Reply:
    """The leaders with the best one's own time, per item where that means something; the sentences are in the section."""
    reply = _reply(context, standing)
    claim = claim_of(workload["family"])
    size = 1 if claim.overlap else size_of(workload) or 1
    figure = ""
    if standing.places:
        real = standing.places[0].real
        low, high = real["low"], real["high"]
        per_item = Figure(value=real["value"], low=low, high=high).over(size)
        shown = units.quantity(per_item.value, "ns", per_item.low, per_item.high)
        figure = f"{shown.value} per {claim.item}" if size > 1 else shown.value
        figure += f" ({shown.interval})" if shown.interval else ""
    others = tuple((context.who(p.contender), _rest(p)) for p in standing.places[1:])
    return replace(reply, sentence=figure, rest=others)


def _reply(context: Context, standing: Standing) -> Reply:
    standing = _answered(context, standing)
    places = standing.places
    leaders = _leaders(places)
    sentence = _second_sentence(standing)
    return Reply(
        heading=standing.heading if standing.tier else None,
        who=tuple(context.who(place.contender) for place in leaders),
        lead=_lead(standing, leaders, context.run["delta"]),
        sentence=sentence or _own_figure(standing),
        rest=tuple((context.who(p.contender), _rest(p)) for p in places[2 if sentence else 1 :]),
        without=tuple((context.who(c), _reason(context, standing, c)) for c in standing.without),
        limited=any(context.limited(standing.workload, p.contender) for p in places),
    )


def _answered(context: Context, standing: Standing) -> Standing:
    """The standing without those of whom no ping was answered: how fast they fail is no answer."""
    failed = [
        place.contender
        for place in standing.places
        if (standing.workload, place.contender) in context.notes.unanswered
    ]
    return replace(
        standing,
        places=tuple(place for place in standing.places if place.contender not in failed),
        without=(*standing.without, *failed),
    )


def _leaders(places: tuple[Place, ...]) -> tuple[Place, ...]:
    """The best, and all that were not proven slower where anything could be proven."""
    if any(_without_proof(place) for place in places[1:]):
        return places[:1]
    return tuple(place for place in places if place.against is not Against.SLOWER)


def _without_proof(place: Place) -> bool:
    """Whether nothing could be proven of this one and the best: no verdict, or too few blocks."""
    if place.against in (Against.FIRST_LOOK, Against.NOT_COMPARED):
        return True
    return place.comparison is not None and place.comparison["low"] is None


def _lead(standing: Standing, leaders: tuple[Place, ...], delta: float) -> str:
    """The word that qualifies the leaders: how sure it is that they lead."""
    kinds = {place.against for place in standing.places[1:]}
    if not standing.places:
        return "no number"
    if not kinds:
        return "the only one measured"
    if standing.proven:
        return f"fastest, by less than {units.percent(delta)}" if standing.barely else "fastest"
    if any(_without_proof(place) for place in standing.places[1:]):
        return "lowest, not proven"
    if all(place.against is Against.EQUIVALENT for place in leaders[1:]):
        return "equivalent"
    return "undecided"


def _second_sentence(standing: Standing) -> str:
    """The summary's sentence on the two best; none in a first look, of which the page says so once."""
    if len(standing.places) < 2 or standing.places[1].against is Against.FIRST_LOOK:
        return ""
    comparison = standing.places[1].comparison
    return (comparison and comparison["sentence"]) or ""


def _own_figure(standing: Standing) -> str:
    return f"{_estimate(standing.places[0])} for one iteration" if standing.places else ""


def _rest(place: Place) -> str:
    if place.comparison is None:
        return _estimate(place)
    shown = units.ratio(place.ratio, place.low, place.high)
    times = f"takes {shown.value} its time"
    return f"{times} ({shown.interval})" if shown.interval else times


def _estimate(place: Place) -> str:
    real = place.real
    shown = units.quantity(real["value"], real["unit"], real["low"], real["high"])
    return f"{shown.value} (95 % interval {shown.interval})" if shown.interval else shown.value


def _reason(context: Context, standing: Standing, contender: str) -> str:
    if (standing.workload, contender) in context.notes.unanswered:
        return "every ping failed"
    rules = [row["rule"] for row in standing.broken if row["contender"] == contender]
    return f"invalid ({', '.join(rules)})" if rules else "not measured"
