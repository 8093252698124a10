"""A new runner's folder: programs that pass `check`, to be translated.

The pattern is copied from a runner that ships with the suite rather than kept beside it: it is
the one that is measured, so it cannot fall behind the contract.
"""

import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path

from results.errors import UsageError
from runners.content import content_files
from runners.discovery import discover
from runners.manifest import MANIFEST, NAME, TIERS, Contender, Manifest

# Colours that the charts' own palette has, too, so that colour-blind readers tell them apart.
COLORS = ("#d55e00", "#56b4e9", "#e69f00", "#009e73", "#0072b2", "#cc79a7")
_MANIFEST = """\
schema = 1
name = "{name}"
language = "{name}"  # as a person writes it
color = "{color}"  # that of no other runner here
requires = []  # executables that must be found, such as "go"
# install = "Install Go 1.22 or later"  # what a person does when one is missing
version = {version}
# version_min = "1.22"  # what is older is skipped
# build = ["go", "build", "-o", "out/", "./..."]
"""
_CONTENDER = """
[[contender]]
name = "{tier}"
label = "{name} {tier}"
families = {families}
tier = "{tier}"  # {why}
command = {command}
sources = {sources}
"""
_WHY = {
    "raw": "writes the request to a socket",
    "client": "leaves it to an HTTP library",
}


def make_runner(path: str) -> Path:
    """Make the folder `path` and return it. Raises UsageError where it cannot be made."""
    folder = Path(path)
    if not NAME.match(folder.name):
        raise UsageError(f"‘{folder.name}’ is no runner's name; it must match {NAME.pattern[:-2]}.")
    if folder.exists():
        raise UsageError(f"‘{path}’ exists already; choose another name.")
    found = discover().manifests
    if any(manifest.name == folder.name for manifest in found):
        raise UsageError(f"there is a runner ‘{folder.name}’ already; choose another name.")
    manifest, contenders = _pattern(found)
    try:
        folder.mkdir()
        for file in _files(manifest, contenders):
            shutil.copyfile(manifest.folder / file, folder / file.name)
        text = _MANIFEST.format(
            name=folder.name, color=_unused(found), version=_toml(manifest.version)
        )
        for contender in contenders:
            text += _CONTENDER.format(
                name=folder.name,
                families=_toml(contender.families),
                tier=contender.tier,
                why=_WHY[contender.tier or ""],
                command=_toml(contender.command),
                sources=_toml(contender.sources),
            )
        (folder / MANIFEST).write_text(text)
    except OSError as error:
        raise UsageError(f"‘{path}’ cannot be made: {error.strerror}.") from error
    return folder


def _pattern(manifests: Sequence[Manifest]) -> tuple[Manifest, list[Contender]]:
    """Return a program of each tier, of a runner that needs no toolchain but the harness's own."""
    for manifest in manifests:
        if manifest.requires or manifest.build:
            continue
        usual = [c for c in manifest.contenders if not c.optional]
        first = [next((c for c in usual if c.tier == tier), None) for tier in reversed(TIERS)]
        if all(first):
            return manifest, [contender for contender in first if contender is not None]
    raise UsageError("no runner here can serve as a pattern; clone the suite again.")


def _files(manifest: Manifest, contenders: Sequence[Contender]) -> list[Path]:
    """Return the programs and what they are written on: no other contender, no prose."""
    others = {s for c in manifest.contenders if c not in contenders for s in c.sources}
    ours = {source for contender in contenders for source in contender.sources}
    suffixes = {Path(source).suffix for source in ours}
    return [
        file
        for file in content_files(manifest.folder)
        if file.suffix in suffixes and str(file) not in others - ours and len(file.parts) == 1
    ]


def _unused(manifests: Iterable[Manifest]) -> str:
    """Return a colour that no runner has; with very many runners they must share one."""
    used = {manifest.color for manifest in manifests}
    return next((color for color in COLORS if color not in used), COLORS[0])


def _toml(values: tuple[str, ...]) -> str:
    return "[" + ", ".join(f'"{value}"' for value in values) + "]"
