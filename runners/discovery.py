"""Finds runners: every top-level folder with a manifest, and those given by hand."""

import os
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from results.errors import TableError, UsageError
from runners.lending import with_lenders
from runners.manifest import MANIFEST, NAME, Manifest, asked_for, read_manifest

ROOT = Path(__file__).resolve().parent.parent


class Given(NamedTuple):
    """A runner's folder, and the name that somebody gave it in place of its own."""

    folder: Path
    name: str | None = None

    def __str__(self) -> str:
        """As it is typed behind `--runner`, without the folders above."""
        folder = self.folder.resolve().name
        return folder if self.name is None else f"{self.name}={folder}"


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokenManifest:
    """A folder whose manifest is not valid; `name` is what it is called in tables."""

    name: str
    folder: Path
    problem: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Discovery:
    """What was found. `given` are the folders named by hand, resolved."""

    manifests: tuple[Manifest, ...]
    broken: tuple[BrokenManifest, ...]
    given: frozenset[Path]


def discover(
    extra: Iterable[Given] = (), root: Path = ROOT, *, tiered: Collection[str] = ()
) -> Discovery:
    """Read the manifests below `root` and in `extra`; a folder named twice counts once.

    Contenders of the `tiered` families must state a tier. Who names the folder of an optional runner
    asks for it. Raises UsageError where a folder of `extra` holds no manifest.
    """
    given = [_given(each) for each in extra]
    found = sorted(file.parent.resolve() for file in root.glob(f"*/{MANIFEST}"))
    below = [Given(folder=folder) for folder in found]
    manifests: dict[str, Manifest] = {}
    broken: list[BrokenManifest] = []
    for folder, name in dict.fromkeys([*below, *given]):
        try:
            manifest = read_manifest(folder, tiered, name)
            if manifest.name in manifests:
                other = manifests[manifest.name].folder.name
                reason = (
                    f"‘{manifest.name}’ is already the name of the runner in {other}/; give another "
                    f"one with --runner NAME={folder.name}"
                )
                raise TableError(f"{folder.name}/{MANIFEST}", "name", reason)
        except TableError as error:
            broken.append(BrokenManifest(name=folder.name, folder=folder, problem=str(error)))
        else:
            hand = folder in {each.folder for each in given}
            manifests[manifest.name] = asked_for(manifest) if hand else manifest
    lent: list[Manifest] = []
    for manifest in manifests.values():
        try:
            lent.append(with_lenders(manifest, manifests))
        except TableError as error:
            folder = manifest.folder
            broken.append(BrokenManifest(name=folder.name, folder=folder, problem=str(error)))
    return Discovery(
        manifests=tuple(lent),
        broken=tuple(broken),
        given=frozenset(each.folder for each in given),
    )


def given_by(text: str) -> Given:
    """Read what follows `--runner`: DIR, or NAME=DIR, which calls the runner there NAME."""
    name, equals, folder = text.partition("=")
    if equals and NAME.match(name) and not os.path.isdir(text):
        return Given(folder=Path(folder), name=name)
    return Given(folder=Path(text))


def _given(each: Given) -> Given:
    folder = each.folder
    if not os.path.isfile(folder / MANIFEST):  # pathlib raises where a name is too long
        raise UsageError(
            f"--runner {folder}: there is no {MANIFEST} in that folder; "
            "name a runner's folder, or make one with `new-runner NAME`."
        )
    return each._replace(folder=folder.resolve())
