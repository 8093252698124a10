"""From runners to observations: which offer probes, what these observed, what was expected."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from benchmarks.claims.catalogue import Catalogue
from benchmarks.claims.expectations import Expectations, expectations_for
from benchmarks.claims.judge import differences
from benchmarks.claims.probing import Answer, Question, run_probes
from benchmarks.claims.record import FAMILY
from benchmarks.claims.sources import Sources, read_sources
from results.claims import ClaimRow, ObservationRow, ProgramRow, SourceRow
from results.errors import TableError
from results.text import plain
from runners import descendants
from runners.discovery import Discovery
from runners.manifest import Manifest
from runners.roster import Unavailable, prepare, start_of
from runners.spawning import Start
from runners.starting import start_trouble
from runners.toolchain import Substitutions

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """What one probe observed in one language, and a sentence for each fact that differs."""

    row: ObservationRow
    differences: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Execution:
    """What `semantics` found out: claims, observations, and how many cells stay blank.

    `probes` and `runners` are those that were asked; `programs` what their probes execute;
    `unstarted` says, a sentence each, which programs could not be started for a probe.
    """

    probes: tuple[str, ...]
    runners: tuple[str, ...]
    claims: tuple[ClaimRow, ...]
    observations: tuple[Observation, ...]
    programs: tuple[ProgramRow, ...]
    blank: int
    unstarted: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A program that has probes, ready to be started."""

    manifest: Manifest
    contender: str
    start: Start
    expectations: Expectations
    sources: Sources

    @property
    def language(self) -> str:
        """The language, for a sentence."""
        return plain(self.manifest.language, 80)


def offers(
    discovery: Discovery, substitutions: Substitutions, catalogue: Catalogue, say: Say
) -> list[Offer]:
    """Return the programs that offer the family, built; `say` is told who cannot take part."""
    found = []
    for broken in discovery.broken:
        say(f"{broken.name} cannot take part: {broken.problem}")
    for manifest in discovery.manifests:
        contenders = [c for c in manifest.contenders if FAMILY in c.families and not c.optional]
        if not contenders:
            continue
        ready = prepare(manifest, substitutions, contenders)
        if isinstance(ready, Unavailable):
            install = f" ({ready.install})" if ready.install else ""
            say(f"{manifest.name} skipped, {ready.reason}{install}.")
            continue
        for lacks in ready.left_out.values():
            say(f"{lacks.name} skipped, {lacks.reason}.")
        try:
            expectations = expectations_for(manifest, discovery.manifests, tuple(catalogue.probes))
        except TableError as error:
            say(f"{manifest.name} skipped: {error}.")
            continue
        for extra in contenders[1:]:
            say(f"{extra.id} skipped: {contenders[0].id} shows the claims of its runner.")
        found += [
            Offer(
                manifest=manifest,
                contender=contender.id,
                start=start_of(ready, contender),
                expectations=expectations,
                sources=read_sources(manifest.home_of(contender), contender.sources),
            )
            for contender in contenders[:1]
            if contender.id not in ready.left_out
        ]
    return found


def execute(
    catalogue: Catalogue,
    probes: Sequence[str],
    programs: Sequence[Offer],
    say: Say,
) -> Execution:
    """Run the probes in every program that can be started. The result is in the catalogue's order.

    Raises RefusedError.
    """
    descendants.become_subreaper()
    by_id, sentences = {}, []
    for offer in programs:
        if (why := start_trouble(offer.start)) is None:
            by_id[offer.contender] = offer
        else:
            sentences.append(f"{offer.language} could not be started: {why}")
    questions = [
        Question(runner=name, probe=probe, start=offer.start)
        for probe in probes
        for name, offer in by_id.items()
    ]
    observations, blank, old = [], 0, set()
    unstarted: dict[str, list[str]] = {}
    for question, answer in run_probes(questions):
        offer = by_id[question.runner]
        if answer.runtime and offer.expectations.too_old(answer.runtime):
            old.add((question.runner, answer.runtime))
        if not answer.started:
            unstarted.setdefault(question.runner, []).append(answer.trouble or "")
        elif answer.offered:
            observations.append(judged(question.probe, answer, offer))
        else:
            blank += 1
    for name, runtime in sorted(old):
        say(f"{name}: {runtime} is older than any expectation; its facts are shown unjudged.")
    for name, whys in unstarted.items():
        count = "one probe" if len(whys) == 1 else f"{len(whys)} probes"
        language = by_id[name].language
        sentences.append(f"{language} could not be started for {count}: {whys[0]}")
    return Execution(
        probes=tuple(probes),
        runners=tuple(dict.fromkeys(offer.manifest.name for offer in by_id.values())),
        claims=catalogue.claims_of(probes),
        observations=tuple(observations),
        programs=tuple(
            ProgramRow(runner=offer.manifest.name, file=source.file, text=source.text)
            for offer in by_id.values()
            for source in offer.sources.others
        ),
        blank=blank,
        unstarted=tuple(sentences),
    )


def judged(probe: str, answer: Answer, offer: Offer) -> Observation:
    """Compare what came of a probe with what was expected of it."""
    observed = {**answer.info, **answer.facts}
    expected = None
    if answer.runtime is not None:
        expected = offer.expectations.of(probe, answer.runtime, observed)
    unjudged = offer.expectations.unjudged(probe, observed)
    facts = {name: value for name, value in answer.facts.items() if name not in unjudged}
    found = None if expected is None else differences(facts, expected)
    return Observation(
        row=ObservationRow(
            probe=probe,
            runner=offer.manifest.name,
            language=offer.language,
            runtime=answer.runtime,
            facts=dict(answer.facts),
            info=dict(answer.info),
            expected=expected,
            as_expected=None if found is None else not found,
            trouble=answer.trouble,
            source=_source(probe, offer),
        ),
        differences=tuple(found or ()),
    )


def _source(probe: str, offer: Offer) -> SourceRow | None:
    source = offer.sources.probes.get(probe)
    if source is None:
        return None
    return SourceRow(
        file=f"{offer.manifest.name}/{source.file}",
        function=probe,
        line=source.line,
        text=source.text,
    )
