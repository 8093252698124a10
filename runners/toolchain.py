"""Executables: where a manifest's names lead, and whether they are there."""

import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from results.errors import BuildError, TooOldError
from results.text import plain
from runners.manifest import PYTHON, Manifest
from runners.versions import version_in

VERSION_LIMIT_S = 30.0
VERSION_LENGTH = 200

Substitutions = Mapping[str, Path]


def resolve(argv: tuple[str, ...], substitutions: Substitutions) -> list[str]:
    """Return `argv` with executables replaced as the user asked, and `{python}` by ours."""
    named = {PYTHON: sys.executable, **{name: str(path) for name, path in substitutions.items()}}
    head, *rest = argv
    # Only the first element is surely an executable; `{python}` cannot be anything else.
    return [named.get(head, head), *(named[PYTHON] if a == PYTHON else a for a in rest)]


def executables(manifest: Manifest) -> set[str]:
    """Return every name that a manifest uses as an executable, `{python}` included."""
    commands = [manifest.build, manifest.version, *(c.command for c in manifest.contenders)]
    return {PYTHON, *manifest.requires, *(command[0] for command in commands if command)}


def missing_executables(manifest: Manifest, substitutions: Substitutions) -> list[str]:
    """Return the names in `requires` that are not to be found."""
    return [
        name
        for name in manifest.requires
        if shutil.which(resolve((name,), substitutions)[0]) is None
    ]


def read_version(manifest: Manifest, substitutions: Substitutions) -> str | None:
    """Return the first line that the manifest's `version` prints; None when it has no `version`.

    Raises BuildError, saying what was seen, when the command fails, and TooOldError where the
    first number in that line is below `version_min`.
    """
    if not manifest.version:
        return None
    argv = resolve(manifest.version, substitutions)
    shown = " ".join(manifest.version)
    try:
        done = subprocess.run(
            argv,
            cwd=manifest.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=VERSION_LIMIT_S,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise BuildError(f"`{shown}` could not be run: {plain(str(error))}") from error
    lines = [line for line in done.stdout.decode("utf-8", "replace").splitlines() if line.strip()]
    if done.returncode != 0 or not lines:
        said = plain(lines[0].strip(), VERSION_LENGTH) if lines else "nothing"
        raise BuildError(f"`{shown}` ended with status {done.returncode} and printed {said}")
    version = plain(lines[0].strip(), VERSION_LENGTH)
    _insist_on_least(manifest, version)
    return version


def _insist_on_least(manifest: Manifest, version: str) -> None:
    """Raise TooOldError where a version is too low; one without a number may be any."""
    least, found = version_in(manifest.version_min or ""), version_in(version)
    if least is not None and found is not None and found < least:
        raise TooOldError(
            f"‘{version}’ is older than {manifest.version_min}, the oldest that it works with"
        )
