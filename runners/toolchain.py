"""Executables: where a manifest's names lead, and whether they are there."""

import glob
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from results.errors import BuildError, TooOldError
from results.text import plain
from runners.environment import program_environment
from runners.manifest import PYTHON, Manifest
from runners.versions import version_in

VERSION_LIMIT_S = 30.0
VERSION_LENGTH = 200
# Of the dynamic loader and of Java: they speak of the environment, in front of any program.
LOADER = re.compile(r"ERROR: ld\.so: |\S+: \S+: no version information|Picked up \w+:")

Substitutions = Mapping[str, Path]


@dataclass(frozen=True, slots=True, kw_only=True)
class Toolchain:
    """What a runner works with: its version, and what its manifest's names stand for."""

    version: str | None
    substitutions: Substitutions


def find_toolchain(manifest: Manifest, substitutions: Substitutions) -> Toolchain:
    """Return the first toolchain that is whole and not older than `version_min`.

    Raises BuildError, of the first one, when none answers or all are too old (TooOldError).
    """
    first: BuildError | None = None
    for named in _candidates(manifest, substitutions):
        try:
            return Toolchain(version=read_version(manifest, named), substitutions=named)
        except BuildError as error:
            first = first or error
    raise first or BuildError(f"{', '.join(_lacking(manifest, substitutions))} not found")


def missing_executables(manifest: Manifest, substitutions: Substitutions) -> list[str]:
    """Return the names in `requires` that are not to be found, on PATH or where else to look."""
    lacking = _lacking(manifest, substitutions)
    return [] if any(True for _ in _candidates(manifest, substitutions)) else lacking


def _lacking(manifest: Manifest, named: Substitutions) -> list[str]:
    return [name for name in manifest.requires if shutil.which(resolve((name,), named)[0]) is None]


def _candidates(manifest: Manifest, given: Substitutions) -> Iterator[Substitutions]:
    """Yield what the names may stand for, all of `requires` found.

    As PATH has it, then from PATH's further folders, where versions count, then from `look_in`.
    """
    if not _lacking(manifest, given):
        yield given
    name = next(iter((*manifest.version[:1], *manifest.requires)), PYTHON)
    if name == PYTHON or name in given or "/" in name:
        return
    seen = {os.path.realpath(shutil.which(name) or "")}
    for folder in (*(os.get_exec_path() if manifest.version_min else ()), *_look_in(manifest)):
        file = shutil.which(name, path=folder)
        if file is None or os.path.realpath(file) in seen:
            continue
        seen.add(os.path.realpath(file))
        # A compiler goes with the runtime that lies beside it.
        beside = {other: shutil.which(other, path=folder) for other in (*manifest.requires, name)}
        named = {**{other: Path(at) for other, at in beside.items() if at is not None}, **given}
        if not _lacking(manifest, named):
            yield named


def _look_in(manifest: Manifest) -> Iterator[str]:
    """Yield the folders that `look_in` stands for: `~`, variables that are set, and patterns."""
    for place in manifest.look_in:
        if "$" not in (expanded := os.path.expanduser(os.path.expandvars(place))):
            for found in sorted(glob.glob(expanded, root_dir=manifest.folder)):
                yield str(manifest.folder / found)


def started_by_scripts(manifest: Manifest, substitutions: Substitutions) -> list[Path]:
    """Return the scripts that start this runner's programs in place of an executable.

    A wrapper of npm's, or a version manager's shim: an interpreter runs first, and its time is
    counted as start-up.
    """
    heads = {c.command[0] for c in manifest.contenders} & {*manifest.requires}
    files = (shutil.which(resolve((head,), substitutions)[0]) for head in sorted(heads))
    return [Path(file) for file in files if file is not None and _is_script(Path(file))]


def _is_script(file: Path) -> bool:
    try:
        with file.open("rb") as opened:
            return opened.read(2) == b"#!"
    except OSError:
        return False


def describe_toolchain(manifest: Manifest, toolchain: Toolchain) -> dict[str, object]:
    """Return what tells one toolchain from another: its version, and where its files really are."""
    names = sorted({*manifest.requires, *manifest.version[:1], *(c[0] for c in manifest.build)})
    files = {name: shutil.which(resolve((name,), toolchain.substitutions)[0]) for name in names}
    return {
        "version": toolchain.version,
        "files": {name: [file, os.path.realpath(file)] for name, file in files.items() if file},
    }


def resolve(argv: tuple[str, ...], substitutions: Substitutions) -> list[str]:
    """Return `argv` with executables replaced as the user asked, and `{python}` by ours."""
    named = {PYTHON: sys.executable, **{name: str(path) for name, path in substitutions.items()}}
    head, *rest = argv
    # Only the first element is surely an executable; `{python}` cannot be anything else.
    return [named.get(head, head), *(named[PYTHON] if a == PYTHON else a for a in rest)]


def executables(manifest: Manifest) -> set[str]:
    """Return every name that a manifest uses as an executable, `{python}` included."""
    contenders = manifest.contenders
    commands = [
        *manifest.build,
        manifest.version,
        *(command for c in contenders for command in (*c.build, c.command)),
    ]
    return {PYTHON, *manifest.requires, *(command[0] for command in commands if command)}


def read_version(manifest: Manifest, substitutions: Substitutions) -> str | None:
    """Return the first line that the manifest's `version` prints; None when it has no `version`.

    It is asked in the environment of the programs, so that a shim leads to what is measured.
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
            env=program_environment(_common_environment(manifest), manifest.pass_environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            timeout=VERSION_LIMIT_S,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise BuildError(f"`{shown}` could not be run: {plain(str(error))}") from error
    line = _first_line(done.stdout) or _first_line(done.stderr)
    if done.returncode != 0 or not line:
        # Why it failed is on standard error, if anywhere.
        said = _first_line(done.stderr) or line or "nothing"
        raise BuildError(f"`{shown}` ended with status {done.returncode} and printed {said}")
    _insist_on_least(manifest, line)
    return line


def _insist_on_least(manifest: Manifest, version: str) -> None:
    """Raise TooOldError where a version is too low; one without a number may be any."""
    least, found = version_in(manifest.version_min or ""), version_in(version)
    if least is not None and found is not None and found < least:
        raise TooOldError(
            f"‘{version}’ is older than {manifest.version_min}, the oldest that it works with"
        )


def _common_environment(manifest: Manifest) -> Mapping[str, str]:
    """Return what the manifest sets for all of its contenders alike."""
    first, *others = (contender.environment.items() for contender in manifest.contenders)
    return {key: value for key, value in first if all((key, value) in each for each in others)}


def _first_line(output: bytes) -> str:
    """Return the first line that says something of the program, not of what loads it."""
    lines = map(str.strip, output.decode("utf-8", "replace").splitlines())
    return next(
        (plain(each, VERSION_LENGTH) for each in lines if each and not LOADER.match(each)), ""
    )
