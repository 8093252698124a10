"""Finds runners: every top-level folder with a manifest, and those given by hand."""

import os
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from results.errors import TableError, UsageError
from runners.manifest import MANIFEST, Manifest, read_manifest

ROOT = Path(__file__).resolve().parent.parent


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
    extra: Iterable[Path] = (), root: Path = ROOT, *, tiered: Collection[str] = ()
) -> Discovery:
    """Read the manifests below `root` and in `extra`; a folder named twice counts once.

    Contenders of the `tiered` families must state a tier. Raises UsageError where a folder of `extra` holds no manifest.
    """
    given = [_given(folder) for folder in extra]
    found = sorted(file.parent.resolve() for file in root.glob(f"*/{MANIFEST}"))
    manifests: dict[str, Manifest] = {}
    broken: list[BrokenManifest] = []
    for folder in dict.fromkeys([*found, *given]):
        try:
            manifest = read_manifest(folder, tiered)
            if manifest.name in manifests:
                other = manifests[manifest.name].folder.name
                reason = f"‘{manifest.name}’ is already the name of the runner in {other}/"
                raise TableError(f"{folder.name}/{MANIFEST}", "name", reason)
        except TableError as error:
            broken.append(BrokenManifest(name=folder.name, folder=folder, problem=str(error)))
        else:
            manifests[manifest.name] = manifest
    return Discovery(
        manifests=tuple(manifests.values()), broken=tuple(broken), given=frozenset(given)
    )


def _given(folder: Path) -> Path:
    if not os.path.isfile(folder / MANIFEST):  # pathlib raises where a name is too long
        raise UsageError(
            f"--runner {folder}: there is no {MANIFEST} in that folder; "
            "name a runner's folder, or make one with `new-runner NAME`."
        )
    return folder.resolve()
