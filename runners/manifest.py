"""`runner.toml`: what a folder offers, read strictly.

Every problem names the file, the key and the reason, so that a runner's author can mend it
without reading this module.
"""

import os
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from runners.tables import Table, read_table
from runners.versions import NUMBER

MANIFEST = "runner.toml"
SCHEMA = 1
NAME = re.compile(r"[a-z][a-z0-9-]{0,31}\Z")
TIERS = ("client", "raw")
PYTHON = "{python}"

# One line of a request: a name, and printable words with a blank between them.
_HEADER = re.compile(r"([!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}):(?: [!-~]{1,200}){1,9}\Z")
# The contract's own, and those that change what a request asks for or where it ends.
_NOT_EXTRA = {
    "host", "connection", "content-length", "transfer-encoding", "expect", "upgrade", "cookie",
}  # fmt: skip
Commands = tuple[tuple[str, ...], ...]

_RUNNER_KEYS = (
    "schema", "name", "language", "instead_of_await", "color", "optional", "requires", "look_in",
    "install", "version", "version_min", "build", "pass_environment", "contender",
)  # fmt: skip
_CONTENDER_KEYS = (
    "name", "label", "families", "tier", "command", "sources", "sources_from", "environment",
    "optional", "build", "install", "extra_headers", "twin", "floor",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Contender:
    """One program with one way of running it.

    `optional`: it takes part only where it is asked for, which with `by_runner` the name of its
    runner does. Its `sources` lie in its runner's folder, or in that of the runner `sources_from`.
    """

    runner: str
    name: str
    label: str
    families: tuple[str, ...]
    tier: str | None
    command: tuple[str, ...]
    sources: tuple[str, ...]
    environment: Mapping[str, str]
    optional: bool
    by_runner: bool = True
    sources_from: str | None = None
    build: Commands = ()
    install: str | None = None
    extra_headers: tuple[str, ...] = ()
    twin: str | None = None
    floor: bool = False

    @property
    def id(self) -> str:
        """RUNNER/NAME, as in tables and on the command line; RUNNER/NAME@VERSION of RUNNER@VERSION."""
        runner, at, version = self.runner.partition("@")
        return f"{runner}/{self.name}{at}{version}"

    @property
    def base_id(self) -> str:
        """The id without a version: of this contender, by whatever toolchain."""
        return self.id.partition("@")[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """One runner: a folder with its programs.

    `look_in` are places of executables beside PATH. `lenders` are the folders of the runners that
    contenders take sources from, as discovery found them. `renamed`: somebody gave it this name in
    place of its own. `substitutions` stand in place of executables.
    """

    folder: Path
    name: str
    language: str
    color: str | None
    requires: tuple[str, ...]
    install: str | None
    version: tuple[str, ...]
    version_min: str | None
    build: Commands
    contenders: tuple[Contender, ...]
    pass_environment: tuple[str, ...] = ()
    instead_of_await: str | None = None
    optional: bool = False
    look_in: tuple[str, ...] = ()
    lenders: Mapping[str, Path] = field(default_factory=dict)
    renamed: bool = False
    substitutions: Mapping[str, Path] = field(default_factory=dict)

    @property
    def homes(self) -> Mapping[str, Path]:
        """The folders in which its programs' files lie, its own first, by runner."""
        return {self.name: self.folder, **self.lenders}

    def home_of(self, contender: Contender) -> Path:
        """Return the folder of a contender's sources, which is where it is started."""
        return self.homes[contender.sources_from or self.name]


def read_manifest(folder: Path, tiered: Collection[str] = (), name: str | None = None) -> Manifest:
    """Read and validate `folder/runner.toml`; contenders of `tiered` families must state a tier.

    `name` stands in place of the runner's own. Raises TableError.
    """
    folder = folder.resolve()
    table = read_table(folder / MANIFEST, f"{folder.name}/{MANIFEST}")
    table.insist_on(*_RUNNER_KEYS)
    schema = table.values.get("schema")
    if type(schema) is not int or schema != SCHEMA:
        raise table.fail("schema", f"must be {SCHEMA}")
    own_name = _name(table)
    name, renamed = name or own_name, name is not None
    optional = _flag(table, "optional")
    return Manifest(
        folder=folder,
        name=name,
        language=table.text("language"),
        instead_of_await=_text_of(table, "instead_of_await"),
        color=_color(table),
        requires=table.texts("requires", required=False),
        install=_text_of(table, "install"),
        version=table.texts("version", required=False),
        version_min=_version_min(table),
        build=table.commands("build"),
        pass_environment=table.texts("pass_environment", required=False),
        optional=optional,
        look_in=table.texts("look_in", required=False),
        contenders=_contenders(table, name, folder, tiered, optional=optional),
        renamed=renamed,
    )


def asked_for(manifest: Manifest) -> Manifest:
    """Return the manifest of a runner that is optional no more, where it was."""
    chosen = tuple(replace(each, optional=not each.by_runner) for each in manifest.contenders)
    return replace(manifest, optional=False, contenders=chosen)


def _contenders(
    table: Table, runner: str, folder: Path, tiered: Collection[str], *, optional: bool
) -> tuple[Contender, ...]:
    found: dict[str, Contender] = {}
    for row in table.tables("contender"):
        contender = _contender(row, runner, folder, tiered, optional=optional)
        if contender.name in found:
            raise row.fail("name", f"‘{contender.name}’ is used twice")
        if contender.twin is not None:
            twin = found.get(contender.twin)
            if twin is None or twin.tier != contender.tier:
                raise row.fail("twin", "must name a contender above it, of the same tier")
        found[contender.name] = contender
    return tuple(found.values())


def _contender(
    row: Table, runner: str, folder: Path, tiered: Collection[str], *, optional: bool
) -> Contender:
    row.insist_on(*_CONTENDER_KEYS)
    families = row.texts("families")
    for family in families:
        if not NAME.match(family):
            raise row.fail("families", f"‘{family}’ must match {NAME.pattern[:-2]}")
    tier = row.one_of("tier", TIERS) if "tier" in row else None
    for family in families:
        if tier is None and family in tiered:
            raise row.fail("tier", f"is required with family {family}")
    alone = _flag(row, "optional")
    lender = _text_of(row, "sources_from")
    return Contender(
        runner=runner,
        name=_name(row),
        label=row.text("label"),
        families=families,
        tier=tier,
        command=_command(row, folder),
        sources=row.texts("sources") if lender is not None else _sources(row, folder),
        sources_from=lender,
        environment=_environment(row),
        optional=optional or alone,
        by_runner=not alone,
        build=row.commands("build"),
        install=_text_of(row, "install"),
        extra_headers=_extra_headers(row, tier),
        twin=_text_of(row, "twin"),
        floor=_flag(row, "floor"),
    )


def _name(table: Table) -> str:
    value = table.text("name")
    if not NAME.match(value):
        raise table.fail("name", f"‘{value}’ must match {NAME.pattern[:-2]}")
    return value


def _extra_headers(row: Table, tier: str | None) -> tuple[str, ...]:
    headers = row.texts("extra_headers", required=False)
    if headers and tier != "client":
        raise row.fail("extra_headers", "is for the tier client, whose libraries may insist on one")
    for index, header in enumerate(headers):
        found = _HEADER.match(header)
        if found is None:
            raise row.fail(f"extra_headers[{index}]", "must look like ‘User-Agent: mylang’")
        if found[1].lower() in _NOT_EXTRA:
            raise row.fail(f"extra_headers[{index}]", f"‘{found[1]}’ is never one more")
    return headers


def _flag(table: Table, key: str) -> bool:
    value = table.values.get(key, False)
    if not isinstance(value, bool):
        raise table.fail(key, "must be true or false")
    return value


def _text_of(table: Table, key: str) -> str | None:
    return table.text(key) if key in table else None


def _color(table: Table) -> str | None:
    if "color" not in table:
        return None
    value = table.text("color")
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", value):
        raise table.fail("color", "must look like #68217a")
    return value.lower()


def _version_min(table: Table) -> str | None:
    if "version_min" not in table:
        return None
    value = table.text("version_min")
    if not NUMBER.fullmatch(value):
        raise table.fail("version_min", "must be a number like 20 or 3.11")
    if "version" not in table:
        raise table.fail("version_min", "needs `version`, the command that tells what is there")
    return value


def _command(row: Table, folder: Path) -> tuple[str, ...]:
    command = row.texts("command")
    if "/" in command[0] and (wrong := leads_out(command[0], folder)) is not None:
        raise row.fail("command[0]", wrong)
    return command


def _sources(row: Table, folder: Path) -> tuple[str, ...]:
    sources = row.texts("sources")
    for index, source in enumerate(sources):
        if (wrong := no_source(source, folder)) is not None:
            raise row.fail(f"sources[{index}]", wrong)
    return sources


def _environment(row: Table) -> Mapping[str, str]:
    value = row.values.get("environment", {})
    if not isinstance(value, dict):
        raise row.fail("environment", "must be a table of strings")
    for key, item in value.items():
        if not isinstance(item, str) or "\0" in item + key or "=" in key or not key:
            raise row.fail(f"environment.{key}", "must be a string")
    return value


def no_source(path: str, folder: Path) -> str | None:
    """Return why a path is no file of a runner's folder; None where it is one."""
    if (wrong := leads_out(path, folder)) is not None:
        return wrong
    return None if os.path.isfile(folder / path) else f"there is no file ‘{path}’"


def leads_out(path: str, folder: Path) -> str | None:
    """Return that a path leads out of a runner's folder; None where it stays, links followed."""
    # os.path, unlike pathlib, takes names that are too long and links in a circle.
    resolved = Path(os.path.realpath(folder / path))
    if Path(path).is_absolute() or not resolved.is_relative_to(folder):
        return f"‘{path}’ leads out of the runner's folder"
    return None
