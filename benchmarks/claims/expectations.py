"""What each probe is expected to see, per runner, version of its runtime and how that was built.

The file of a runner is its own `expectations.toml`, or else the one here with the runner's name,
or else the one here of another runner of the same language.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.claims.catalogue import FOLDER
from benchmarks.claims.record import Fact, Facts, is_fact
from results.claims import same
from runners.manifest import Manifest
from runners.tables import Table, read_table
from runners.versions import NUMBER, Version, version_in

OWN_FILE = "expectations.toml"
EXPECTATIONS = FOLDER / "expectations"


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionRange:
    """Facts that differ from version `start` on and before `end`; None: open."""

    start: Version | None
    end: Version | None
    facts: Facts

    def holds(self, version: Version | None) -> bool:
        """Tell whether a runtime's version lies in the range; one without a version does not."""
        return (
            version is not None
            and (self.start is None or version >= self.start)
            and (self.end is None or version < self.end)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """Facts that differ, or are not judged, where a probe observed what no version tells."""

    observed: Facts
    facts: Facts
    unjudged: frozenset[str]

    def holds(self, observed: Mapping[str, object]) -> bool:
        """Tell whether all that the condition names was observed."""
        return all(
            name in observed and same(observed[name], value)
            for name, value in self.observed.items()
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """What is expected of one probe: facts, then those of versions, then those of conditions."""

    facts: Facts
    ranges: tuple[VersionRange, ...]
    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectations:
    """The expectations of one file. `since` is the oldest version that they speak of."""

    since: Version | None
    probes: Mapping[str, Expectation]

    def too_old(self, runtime: str) -> bool:
        """Tell whether a runtime is older than any expectation."""
        version = version_in(runtime)
        return self.since is not None and (version is None or version < self.since)

    def of(
        self, probe: str, runtime: str, observed: Mapping[str, object] | None = None
    ) -> dict[str, Fact] | None:
        """Return the facts expected of a probe, given its facts and info; None: nothing is."""
        if probe not in self.probes or self.too_old(runtime):
            return None
        entry = self.probes[probe]
        expected = dict(entry.facts)
        version = version_in(runtime)
        for part in entry.ranges:
            if part.holds(version):
                expected.update(part.facts)
        for condition in entry.conditions:
            if condition.holds(observed or {}):
                expected.update(condition.facts)
        unjudged = self.unjudged(probe, observed or {})
        return {name: value for name, value in expected.items() if name not in unjudged}

    def unjudged(self, probe: str, observed: Mapping[str, object]) -> frozenset[str]:
        """Return the facts of a probe that may be anything, given its facts and info."""
        conditions = self.probes[probe].conditions if probe in self.probes else ()
        return frozenset().union(*(c.unjudged for c in conditions if c.holds(observed)))


NOTHING_EXPECTED = Expectations(since=None, probes={})


def read_expectations(path: Path, probes: Collection[str]) -> Expectations:
    """Read one file strictly. Raises TableError."""
    file = read_table(path, path.name)
    file.insist_on("probe", "since")
    found: dict[str, Expectation] = {}
    for row in file.tables("probe"):
        row.insist_on("id", "facts", "version", "when")
        name = row.one_of("id", probes)
        if name in found:
            raise row.fail("id", f"‘{name}’ is listed twice")
        found[name] = Expectation(
            facts=_facts(row),
            ranges=tuple(_range(part) for part in row.tables("version", required=False)),
            conditions=tuple(_condition(part) for part in row.tables("when", required=False)),
        )
    return Expectations(since=_version(file, "since"), probes=found)


def expectations_for(
    manifest: Manifest,
    others: Iterable[Manifest],
    probes: Sequence[str],
    folder: Path = EXPECTATIONS,
) -> Expectations:
    """Return what is expected of a runner's probes. Raises TableError."""
    own = manifest.folder / OWN_FILE
    alike = [other.name for other in others if other.language == manifest.language]
    for path in (own, *(folder / f"{name}.toml" for name in (manifest.name, *alike))):
        if path.is_file():
            return read_expectations(path, probes)
    return NOTHING_EXPECTED


def _range(part: Table) -> VersionRange:
    part.insist_on("facts", "from", "before")
    if "from" not in part and "before" not in part:
        raise part.fail("from", "a range needs `from`, `before` or both")
    start, end = _version(part, "from"), _version(part, "before")
    if start is not None and end is not None and start >= end:
        raise part.fail("before", "must be later than `from`")
    return VersionRange(start=start, end=end, facts=_facts(part))


def _condition(part: Table) -> Condition:
    part.insist_on("observed", "facts", "unjudged")
    if "facts" not in part and "unjudged" not in part:
        raise part.fail("facts", "a condition needs `facts`, `unjudged` or both")
    observed = _facts(part, "observed")
    if not observed:
        raise part.fail("observed", "names nothing, and would always hold")
    return Condition(
        observed=observed,
        facts=_facts(part) if "facts" in part else {},
        unjudged=frozenset(part.texts("unjudged") if "unjudged" in part else ()),
    )


def _version(table: Table, key: str) -> Version | None:
    if key not in table:
        return None
    text = table.text(key)
    if not NUMBER.fullmatch(text):
        raise table.fail(key, f"‘{text}’ is not a version such as 3.12")
    return version_in(text)


def _facts(table: Table, key: str = "facts") -> Facts:
    facts = table.table(key)
    for name, value in facts.values.items():
        if not is_fact(value):
            raise facts.fail(
                name, "must be a string, an integer, a boolean, or a list of strings or of integers"
            )
    return facts.values
