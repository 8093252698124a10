"""A new runner's folder: a program that passes `check`, to be translated.

The pattern is copied from a runner that ships with the suite rather than kept beside it: it is
the one that is measured, so it cannot fall behind the contract.
"""

import shutil
from pathlib import Path

from results.errors import UsageError
from runners.content import content_files
from runners.discovery import discover
from runners.manifest import MANIFEST, NAME, Contender, Manifest

_MANIFEST = """\
schema = 1
name = "{name}"
language = "{name}"                     # as a person writes it
# color = "#009e73"                     # a colour-blind-safe one is chosen otherwise
requires = []                           # executables that must be found, such as "go"
# install = "Install Go 1.22 or later"  # what a person does when one is missing
version = {version}
# version_min = "1.22"                  # what is older is skipped
# build = ["go", "build", "-o", "out/ping"]

[[contender]]
name = "{contender}"
label = "{name} {contender}"
families = {families}
tier = "{tier}"                         # "client" with an HTTP library, "raw" on sockets
command = {command}
sources = {sources}
"""


def make_runner(path: str) -> Path:
    """Make the folder `path` and return it. Raises UsageError where it cannot be made."""
    folder = Path(path)
    if not NAME.match(folder.name):
        raise UsageError(f"‘{folder.name}’ is no runner's name; it must match {NAME.pattern[:-2]}.")
    if folder.exists():
        raise UsageError(f"‘{path}’ exists already; choose another name.")
    manifest, contender = _pattern()
    if any(found.name == folder.name for found in discover().manifests):
        raise UsageError(f"there is a runner ‘{folder.name}’ already; choose another name.")
    try:
        folder.mkdir()
        for file in _files(manifest, contender):
            shutil.copyfile(manifest.folder / file, folder / file.name)
        text = _MANIFEST.format(
            name=folder.name,
            contender=contender.families[0],
            families=_toml(contender.families),
            tier=contender.tier,
            version=_toml(manifest.version),
            command=_toml(contender.command),
            sources=_toml(contender.sources),
        )
        (folder / MANIFEST).write_text(text)
    except OSError as error:
        raise UsageError(f"‘{path}’ cannot be made: {error.strerror}.") from error
    return folder


def _pattern() -> tuple[Manifest, Contender]:
    """Return the first raw ping program that needs no toolchain besides the harness's own."""
    for manifest in discover().manifests:
        for contender in manifest.contenders:
            if not manifest.requires and not manifest.build and contender.tier == "raw":
                return manifest, contender
    raise UsageError("no runner here can serve as a pattern; clone the suite again.")


def _files(manifest: Manifest, contender: Contender) -> list[Path]:
    """Return the program and what it is written on: no other contender, no prose."""
    others = {s for c in manifest.contenders if c is not contender for s in c.sources}
    suffixes = {Path(source).suffix for source in contender.sources}
    return [
        file
        for file in content_files(manifest.folder)
        if file.suffix in suffixes and str(file) not in others and len(file.parts) == 1
    ]


def _toml(values: tuple[str, ...]) -> str:
    return "[" + ", ".join(f'"{value}"' for value in values) + "]"
