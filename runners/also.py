"""A runner by several toolchains in one run: its contenders once more, under their versions."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from results.errors import MissingError, UsageError
from results.text import plain
from runners.discovery import Discovery
from runners.manifest import Manifest
from runners.toolchain import find_toolchain
from runners.versions import NUMBER


def with_others(
    discovery: Discovery, others: Iterable[tuple[str, Path]], substitutions: Mapping[str, Path]
) -> Discovery:
    """Add, for each executable and path, the contenders that it starts, with that in its place.

    Such a one of `node/http` is `node/http@22.4.0`. Raises UsageError where no contender is started
    by the executable, or a runner that is built by it has some, and BuildError or MissingError where
    the path gives no version.
    """
    found = [*discovery.manifests]
    for executable, path in others:
        for manifest in _started_by(discovery, executable):
            added = _other(manifest, executable, path, substitutions)
            if added.name in {known.name for known in found}:
                raise UsageError(f"--also {plain(str(path), 200)}: {added.name} is there already.")
            found.append(added)
    return replace(discovery, manifests=tuple(found))


def _started_by(discovery: Discovery, executable: str) -> Iterator[Manifest]:
    found = discovery.manifests
    named = [m for m in found if any(c.command[0] == executable for c in m.contenders)]
    if not named:
        starters = {contender.command[0] for m in found for contender in m.contenders}
        known = sorted(name for name in starters if "/" not in name)
        raise UsageError(
            f"--also {plain(executable, 80)}=…: no contender is started by that executable; known "
            f"are {', '.join(known)}."
        )
    for manifest in named:
        if manifest.build:
            raise UsageError(
                f"--also {executable}=…: {manifest.name} is built, and its folder holds one build: "
                f"copy the folder, and add the copy with --runner NAME=DIR."
            )
        yield manifest


def _other(
    manifest: Manifest, executable: str, path: Path, substitutions: Mapping[str, Path]
) -> Manifest:
    toolchain = find_toolchain(manifest, {**substitutions, executable: path})
    number = NUMBER.search(toolchain.version or "")
    if number is None:
        raise MissingError(
            f"--also {executable}={plain(str(path), 200)}: it names no version, by which its "
            "contenders would be told from the others."
        )
    name = f"{manifest.name}@{number[0]}"
    return replace(
        manifest,
        name=name,
        substitutions={**manifest.substitutions, executable: path},
        contenders=tuple(
            replace(contender, runner=name, label=f"{contender.label} {number[0]}")
            for contender in manifest.contenders
            if contender.command[0] == executable
        ),
    )
