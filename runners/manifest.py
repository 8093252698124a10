"""`runner.toml`: what a folder offers, read strictly.

Every problem names the file, the key and the reason, so that a runner's author can mend it
without reading this module.
"""

import os
import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from results.text import plain

MANIFEST = "runner.toml"
SCHEMA = 1
NAME = re.compile(r"[a-z][a-z0-9-]{0,31}\Z")
TIERS = ("client", "raw")
PYTHON = "{python}"

_RUNNER_KEYS = {
    "schema", "name", "language", "color", "requires", "install", "version", "build", "contender",
}  # fmt: skip
_CONTENDER_KEYS = {
    "name", "label", "families", "tier", "command", "sources", "environment", "optional",
}  # fmt: skip


class ManifestError(Exception):
    """Raised when a manifest is not valid; `file`, `key` and `reason` say where and why."""

    def __init__(self, file: str, key: str, reason: str) -> None:
        super().__init__(plain(f"{file}: {key}: {reason}"))
        self.file, self.key, self.reason = file, key, reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Contender:
    """One program with one way of running it."""

    runner: str
    name: str
    label: str
    families: tuple[str, ...]
    tier: str | None
    command: tuple[str, ...]
    sources: tuple[str, ...]
    environment: Mapping[str, str]
    optional: bool

    @property
    def id(self) -> str:
        """RUNNER/NAME, as in tables and on the command line."""
        return f"{self.runner}/{self.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """One runner: a folder with its programs."""

    folder: Path
    name: str
    language: str
    color: str | None
    requires: tuple[str, ...]
    install: str | None
    version: tuple[str, ...]
    build: tuple[str, ...]
    contenders: tuple[Contender, ...]


def read_manifest(folder: Path, tiered: Collection[str] = ()) -> Manifest:
    """Read and validate `folder/runner.toml`; contenders of `tiered` families must state a tier.

    Raises ManifestError.
    """
    folder = folder.resolve()
    file = f"{folder.name}/{MANIFEST}"
    try:
        table = tomllib.loads((folder / MANIFEST).read_bytes().decode("utf-8"))
    except OSError as error:
        raise ManifestError(file, "file", f"cannot be read: {error.strerror}") from error
    except (ValueError, RecursionError) as error:  # an endless integer is a bare ValueError
        raise ManifestError(file, "file", f"is not valid TOML: {error}") from error
    return _Reader(folder, file, tiered).manifest(table)


class _Reader:
    """Turns the parsed table into values, complaining with file and key."""

    def __init__(self, folder: Path, file: str, tiered: Collection[str]) -> None:
        self.folder, self.file, self.tiered = folder, file, tiered

    def fail(self, key: str, reason: str) -> ManifestError:
        return ManifestError(self.file, key, reason)

    def manifest(self, table: dict[str, Any]) -> Manifest:
        self.known(table, _RUNNER_KEYS, "")
        if type(table.get("schema")) is not int or table["schema"] != SCHEMA:
            raise self.fail("schema", f"must be {SCHEMA}")
        name = self.name(table, "name")
        return Manifest(
            folder=self.folder,
            name=name,
            language=self.text(table, "language"),
            color=self.color(table),
            requires=self.texts(table, "requires"),
            install=self.text(table, "install") if "install" in table else None,
            version=self.texts(table, "version"),
            build=self.texts(table, "build"),
            contenders=self.contenders(table, name),
        )

    def contenders(self, table: dict[str, Any], runner: str) -> tuple[Contender, ...]:
        rows = table.get("contender")
        if not isinstance(rows, list) or not rows or not all(isinstance(r, dict) for r in rows):
            raise self.fail("contender", "at least one [[contender]] table is required")
        found: dict[str, Contender] = {}
        for index, row in enumerate(rows):
            contender = self.contender(row, runner, f"contender[{index}].")
            if contender.name in found:
                raise self.fail(f"contender[{index}].name", f"‘{contender.name}’ is used twice")
            found[contender.name] = contender
        return tuple(found.values())

    def contender(self, row: dict[str, Any], runner: str, at: str) -> Contender:
        self.known(row, _CONTENDER_KEYS, at)
        families = self.texts(row, "families", at, required=True)
        for family in families:
            if not NAME.match(family):
                raise self.fail(f"{at}families", f"‘{family}’ must match {NAME.pattern[:-2]}")
        tier = self.text(row, "tier", at) if "tier" in row else None
        if tier not in (*TIERS, None):
            raise self.fail(f"{at}tier", f"must be one of {', '.join(TIERS)}, not ‘{tier}’")
        for family in families:
            if tier is None and family in self.tiered:
                raise self.fail(f"{at}tier", f"is required with family {family}")
        optional = row.get("optional", False)
        if not isinstance(optional, bool):
            raise self.fail(f"{at}optional", "must be true or false")
        return Contender(
            runner=runner,
            name=self.name(row, "name", at),
            label=self.text(row, "label", at),
            families=families,
            tier=tier,
            command=self.command(row, at),
            sources=self.sources(row, at),
            environment=self.environment(row, at),
            optional=optional,
        )

    def known(self, table: dict[str, Any], keys: set[str], at: str) -> None:
        for key in table:
            if key not in keys:
                raise self.fail(f"{at}{key}", f"unknown key; known are {', '.join(sorted(keys))}")

    def text(self, table: dict[str, Any], key: str, at: str = "") -> str:
        if key not in table:
            raise self.fail(f"{at}{key}", "is required")
        return self.string(table[key], f"{at}{key}")

    def string(self, value: object, key: str) -> str:
        if not isinstance(value, str):
            raise self.fail(key, f"must be a string, not {type(value).__name__}")
        if not value.strip() or "\0" in value:
            raise self.fail(key, "must not be empty or hold NUL")
        return value

    def texts(
        self, table: dict[str, Any], key: str, at: str = "", *, required: bool = False
    ) -> tuple[str, ...]:
        if key not in table and not required:
            return ()
        value = table.get(key)
        if not isinstance(value, list) or (required and not value):
            raise self.fail(f"{at}{key}", "must be a list of strings")
        return tuple(self.string(item, f"{at}{key}[{i}]") for i, item in enumerate(value))

    def name(self, table: dict[str, Any], key: str, at: str = "") -> str:
        value = self.text(table, key, at)
        if not NAME.match(value):
            raise self.fail(f"{at}{key}", f"‘{value}’ must match {NAME.pattern[:-2]}")
        return value

    def color(self, table: dict[str, Any]) -> str | None:
        if "color" not in table:
            return None
        value = self.text(table, "color")
        if not re.fullmatch(r"#[0-9a-fA-F]{6}", value):
            raise self.fail("color", "must look like #68217a")
        return value.lower()

    def command(self, row: dict[str, Any], at: str) -> tuple[str, ...]:
        command = self.texts(row, "command", at, required=True)
        if "/" in command[0]:
            self.inside(command[0], f"{at}command[0]")
        return command

    def sources(self, row: dict[str, Any], at: str) -> tuple[str, ...]:
        sources = self.texts(row, "sources", at, required=True)
        for index, source in enumerate(sources):
            if not os.path.isfile(self.inside(source, f"{at}sources[{index}]")):
                raise self.fail(f"{at}sources[{index}]", f"there is no file ‘{source}’")
        return sources

    def environment(self, row: dict[str, Any], at: str) -> Mapping[str, str]:
        value = row.get("environment", {})
        if not isinstance(value, dict):
            raise self.fail(f"{at}environment", "must be a table of strings")
        for key, item in value.items():
            if not isinstance(item, str) or "\0" in item + key or "=" in key or not key:
                raise self.fail(f"{at}environment.{key}", "must be a string")
        return dict(value)

    def inside(self, path: str, key: str) -> Path:
        """Resolve a path through symbolic links and insist that it stays in the folder."""
        # os.path, unlike pathlib, takes names that are too long and links in a circle.
        resolved = Path(os.path.realpath(self.folder / path))
        if Path(path).is_absolute() or not resolved.is_relative_to(self.folder):
            raise self.fail(key, f"‘{path}’ leads out of the runner's folder")
        return resolved
