"""What each probe is expected to see, per runner and version of its runtime.

The file of a runner is its own `expectations.toml`, or else the one here with the runner's name,
or else the one here of another runner of the same language.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.semantics.catalogue import FOLDER
from benchmarks.semantics.reading import DataError, Table, read_toml
from runners.families.semantics import is_fact
from runners.manifest import Manifest

OWN_FILE = "expectations.toml"
EXPECTATIONS = FOLDER / "expectations"

Fact = bool | int | str | list[str] | list[int]
Facts = Mapping[str, Fact]
Version = tuple[int, ...]

_VERSION = re.compile(r"\d+(?:\.\d+)*")


def version_in(text: str) -> Version | None:
    """Return the first version number in a text: (3, 11, 7) in ‘CPython 3.11.7’."""
    found = _VERSION.search(text)
    return tuple(int(part) for part in found[0].split(".")) if found else None


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
class Expectations:
    """The expectations of one file. `since` is the oldest version that they speak of."""

    since: Version | None
    probes: Mapping[str, tuple[Facts, tuple[VersionRange, ...]]]

    def too_old(self, runtime: str) -> bool:
        """Tell whether a runtime is older than any expectation."""
        version = version_in(runtime)
        return self.since is not None and (version is None or version < self.since)

    def of(self, probe: str, runtime: str) -> dict[str, Fact] | None:
        """Return the facts expected of a probe; None where nothing is."""
        if probe not in self.probes or self.too_old(runtime):
            return None
        facts, ranges = self.probes[probe]
        version = version_in(runtime)
        expected = dict(facts)
        for part in ranges:
            if part.holds(version):
                expected.update(part.facts)
        return expected


NOTHING_EXPECTED = Expectations(since=None, probes={})


def read_expectations(path: Path, probes: Collection[str]) -> Expectations:
    """Read one file strictly. Raises DataError."""
    file = read_toml(path)
    file.insist_on(["probe"], ["since"])
    found: dict[str, tuple[Facts, tuple[VersionRange, ...]]] = {}
    for row in file.tables("probe"):
        row.insist_on(["id", "facts"], ["version"])
        name = row.one_of("id", probes)
        if name in found:
            raise row.fail("id", f"‘{name}’ is listed twice")
        found[name] = (_facts(row), tuple(_range(part) for part in row.tables("version")))
    return Expectations(since=_version(file, "since"), probes=found)


def expectations_for(
    manifest: Manifest,
    others: Iterable[Manifest],
    probes: Sequence[str],
    folder: Path = EXPECTATIONS,
) -> Expectations:
    """Return what is expected of a runner's probes. Raises DataError."""
    own = manifest.folder / OWN_FILE
    alike = [other.name for other in others if other.language == manifest.language]
    for path in (own, *(folder / f"{name}.toml" for name in (manifest.name, *alike))):
        if path.is_file():
            return read_expectations(path, probes)
    return NOTHING_EXPECTED


def _range(part: Table) -> VersionRange:
    part.insist_on(["facts"], ["from", "before"])
    if not part.has("from") and not part.has("before"):
        raise part.fail("from", "a range needs `from`, `before` or both")
    start, end = _version(part, "from"), _version(part, "before")
    if start is not None and end is not None and start >= end:
        raise part.fail("before", "must be later than `from`")
    return VersionRange(start=start, end=end, facts=_facts(part))


def _version(table: Table, key: str) -> Version | None:
    if not table.has(key):
        return None
    text = table.text(key)
    if not _VERSION.fullmatch(text):
        raise table.fail(key, f"‘{text}’ is not a version such as 3.12")
    return version_in(text)


def _facts(table: Table) -> Facts:
    facts = table.mapping("facts")
    for name, value in facts.items():
        if not is_fact(value):
            raise _bad_fact(table, name)
    return facts


def _bad_fact(table: Table, name: str) -> DataError:
    return table.fail(
        f"facts.{name}",
        "must be a string, an integer, a boolean, or a list of strings or of integers",
    )
