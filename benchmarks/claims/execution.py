"""From runners to observations: who offers probes, what they saw, what was expected."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.claims.catalogue import Catalogue, Claim
from benchmarks.claims.expectations import Expectations, Facts, expectations_for
from benchmarks.claims.judge import as_expected, differences
from benchmarks.claims.probing import Outcome, Task, run_probes
from benchmarks.claims.sources import File, Source, find_source, without_probes
from runners.discovery import Discovery
from benchmarks.claims.record import FAMILY
from runners.manifest import Contender, Manifest
from results.errors import TableError
from runners.roster import Ready, Unavailable, prepare, start_of
from runners.toolchain import Substitutions

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What one probe saw in one language. `expected` is None where nothing is expected.

    `unjudged` names the facts that may be anything here; `expected` has none of these.
    """

    probe: str
    runner: str
    language: str
    runtime: str | None
    facts: Facts
    info: dict[str, Any]
    expected: Facts | None
    unjudged: frozenset[str]
    trouble: str | None
    source: Source | None

    @property
    def as_expected(self) -> bool | None:
        """Whether the facts are those expected; None where nothing is expected."""
        return as_expected(self.judged, self.expected)

    @property
    def judged(self) -> Facts:
        """The facts that are compared with what is expected."""
        return {name: value for name, value in self.facts.items() if name not in self.unjudged}

    @property
    def is_finding(self) -> bool:
        """Whether this must be told: facts that differ, or a probe that did not end well."""
        return self.as_expected is False or self.trouble is not None

    @property
    def told(self) -> tuple[str, ...]:
        """What there is to tell of a finding, in sentences."""
        trouble = () if self.trouble is None else (self.trouble,)
        return (
            (*trouble, *differences(self.judged, self.expected or {})) if self.expected else trouble
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Executed:
    """What `semantics` found out: claims, observations, and how many cells stay blank.

    `probes` and `runners` are those that were asked; `programs` what their probes execute.
    """

    probes: tuple[str, ...]
    runners: tuple[str, ...]
    claims: tuple[Claim, ...]
    observations: tuple[Seen, ...]
    programs: tuple[File, ...]
    blank: int

    @property
    def findings(self) -> tuple[Seen, ...]:
        """The observations that differ from what was expected."""
        return tuple(seen for seen in self.observations if seen.is_finding)

    @property
    def unjudged(self) -> tuple[Seen, ...]:
        """The observations that ended well, and of which nothing is expected."""
        return tuple(s for s in self.observations if s.as_expected is None and not s.is_finding)


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A program that has probes, ready to be started."""

    manifest: Manifest
    contender: Contender
    ready: Ready
    expectations: Expectations


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
        ready = prepare(manifest, substitutions)
        if isinstance(ready, Unavailable):
            say(
                f"{manifest.name} skipped, {ready.reason}{f' ({i})' if (i := ready.install) else ''}."
            )
            continue
        try:
            expectations = expectations_for(manifest, discovery.manifests, tuple(catalogue.probes))
        except TableError as error:
            say(f"{manifest.name} skipped: {error}.")
            continue
        found += [
            Offer(manifest=manifest, contender=c, ready=ready, expectations=expectations)
            for c in contenders
        ]
    return found


def execute(
    catalogue: Catalogue,
    probes: Sequence[str],
    programs: Sequence[Offer],
    substitutions: Substitutions,
    say: Say,
) -> Executed:
    """Run the probes in every program. The result is in the catalogue's order."""
    by_id = {offer.contender.id: offer for offer in programs}
    tasks = [
        Task(runner=name, probe=probe, start=start_of(offer.ready, offer.contender, substitutions))
        for probe in probes
        for name, offer in by_id.items()
    ]
    observations, blank, old = [], 0, set()
    for task, outcome in run_probes(tasks):
        offer = by_id[task.runner]
        if outcome.runtime and offer.expectations.too_old(outcome.runtime):
            old.add((task.runner, outcome.runtime))
        if outcome.offered:
            observations.append(judged(task, outcome, offer))
        else:
            blank += 1
    for name, runtime in sorted(old):
        say(f"{name}: {runtime} is older than any expectation; its facts are shown unjudged.")
    return Executed(
        probes=tuple(probes),
        runners=tuple(dict.fromkeys(offer.manifest.name for offer in programs)),
        claims=catalogue.claims_of(probes),
        observations=tuple(observations),
        programs=tuple(
            file
            for offer in programs
            for file in without_probes(
                offer.manifest.name,
                offer.manifest.folder,
                offer.contender.sources,
                tuple(catalogue.probes),
            )
        ),
        blank=blank,
    )


def judged(task: Task, outcome: Outcome, offer: Offer) -> Seen:
    """Return what came of a probe, with what was expected of it."""
    runtime = outcome.runtime
    observed = {**outcome.info, **outcome.facts}
    expected = None if runtime is None else offer.expectations.of(task.probe, runtime, observed)
    return Seen(
        probe=task.probe,
        runner=offer.manifest.name,
        language=offer.manifest.language,
        runtime=runtime,
        facts=outcome.facts,
        info=outcome.info,
        expected=expected,
        unjudged=offer.expectations.unjudged(task.probe, observed),
        trouble=outcome.trouble,
        source=find_source(offer.manifest.folder, offer.contender.sources, task.probe),
    )
