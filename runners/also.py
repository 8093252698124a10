"""A runner by several toolchains in one run: its contenders once more, under their versions."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain
from pathlib import Path

from results.errors import BuildError, MissingError, UsageError
from results.text import plain
from runners.discovery import Discovery
from runners.manifest import Contender, Manifest
from runners.toolchain import Toolchain, find_toolchain
from runners.versions import NUMBER


def with_others(
    discovery: Discovery, others: Iterable[tuple[str, Path]], substitutions: Mapping[str, Path]
) -> Discovery:
    """Add, for each executable and path, the contenders that it starts, with that in its place.

    Such a one of `node/http` is `node/http@22.4.0`, and comes behind its runner. Those that take part
    anyway keep their ids, and get their version behind their labels, too. A contender with a build of
    its own takes part once, since its folder holds one build. Raises UsageError where no
    contender is started by the executable, a runner that is built by it has some, or the version
    takes part already, and MissingError where the path gives no version, or one that is too old.
    """
    found = {manifest.name: [manifest] for manifest in discovery.manifests}
    own: dict[str, str | None] = {}
    for executable, path in others:
        option = f"--also {executable}={plain(str(path), 200)}"
        for manifest in _started_by(discovery, executable):
            name = manifest.name
            if name not in own:
                own[name] = _own_number(manifest, substitutions)
            number = _number_at(manifest, {**substitutions, executable: path}, option)
            if number == own[name]:
                raise UsageError(
                    f"{option}: {name} itself has version {number}, so that nothing would tell them "
                    "apart; give another version, or a copy of the folder with --runner NAME=DIR."
                )
            added = _other(manifest, executable, path, number)
            if not added.contenders:
                raise UsageError(
                    f"{option}: what it starts of {name} is built, and its folder holds one build: copy "
                    "the folder, and add the copy with --runner NAME=DIR."
                )
            if any(added.name in (known.name for known in group) for group in found.values()):
                raise UsageError(f"{option}: {added.name} is there already; give a version once.")
            first, *others_before = found[name]
            first = replace(first, contenders=tuple(_told(first, executable, own[name])))
            found[name] = [first, *others_before, added]
    return replace(discovery, manifests=tuple(chain.from_iterable(found.values())))


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
                f"copy the folder, name the other {executable} in its runner.toml, and add the copy "
                "with --runner NAME=DIR."
            )
        yield manifest


def _number_at(manifest: Manifest, substitutions: Mapping[str, Path], option: str) -> str:
    try:
        number = _number(find_toolchain(manifest, substitutions))
    except BuildError as error:
        raise MissingError(f"{option}: {error}.") from error
    if number is None:
        raise MissingError(
            f"{option}: it names no version, by which its contenders would be told from the others."
        )
    return number


def _other(manifest: Manifest, executable: str, path: Path, number: str) -> Manifest:
    name = f"{manifest.name}@{number}"
    told = _told(manifest, executable, number)
    started = (c for c in told if c.command[0] == executable and not c.build)
    return replace(
        manifest,
        name=name,
        substitutions={**manifest.substitutions, executable: path},
        contenders=tuple(replace(contender, runner=name) for contender in started),
    )


def _told(manifest: Manifest, executable: str, number: str | None) -> Iterator[Contender]:
    """Yield the contenders, those that the executable starts with its version behind their labels."""
    for contender in manifest.contenders:
        label = contender.label
        if number is not None and contender.command[0] == executable:
            # Several versions of it may be asked for, and each would add the first one's.
            label = f"{label.removesuffix(f' {number}')} {number}"
        yield replace(contender, label=label)


def _own_number(manifest: Manifest, substitutions: Mapping[str, Path]) -> str | None:
    """Return the version of what takes part anyway; None where it cannot: the added one still may."""
    try:
        return _number(find_toolchain(manifest, substitutions))
    except BuildError:
        return None


def _number(toolchain: Toolchain) -> str | None:
    found = NUMBER.search(toolchain.version or "")
    return found[0] if found else None
