"""Builds a runner's programs when its content or its build command changed.

`python -m runners.build` builds what is missing in every top-level runner; a runner that
cannot be built is reported, never a failure, since the others can still run.
"""

import fcntl
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from results.errors import BuildError
from results.text import plain
from runners import descendants
from runners.content import content_hash
from runners.discovery import discover
from runners.environment import build_environment
from runners.manifest import Contender, Manifest
from runners.toolchain import Substitutions, missing_executables, read_version, resolve

STAMP = ".awaitbench-build.json"
BUILD_LIMIT_S = 600.0
_OUTPUT_LINES = 12
# MSBuild's escapes, lists, expressions and arguments.
_SYNTAX = re.compile(r"%[0-9A-Fa-f]{2}|[;*?\"\n]|[$@%]\(")
_OUTPUT_BYTES = 64 * 1024


def ensure_built(manifest: Manifest, substitutions: Substitutions) -> bool:
    """Build if content, build command or an expected program changed; tell whether it did.

    Raises BuildError.
    """
    if not manifest.build:
        _insist_on_programs(manifest)
        return False
    stamp = _Stamp(manifest.folder / STAMP)
    try:
        # Who finds it built needs no right to write; a build at work has emptied the stamp.
        if _current(stamp, manifest, substitutions):
            return False
        with _alone(stamp.path):
            if _current(stamp, manifest, substitutions):
                return False
            _insist_on_plain_path(manifest.folder)
            wanted = _wanted(manifest, substitutions)
            stamp.write(None)
            _build(manifest, substitutions)
            _insist_on_programs(manifest)
            stamp.write(wanted)
            return True
    except OSError as error:
        raise BuildError(
            f"the runner's files cannot be read or written: {error.strerror}"
        ) from error


def _current(stamp: "_Stamp", manifest: Manifest, substitutions: Substitutions) -> bool:
    return stamp.read() == _wanted(manifest, substitutions) and not _absent(manifest)


def _wanted(manifest: Manifest, substitutions: Substitutions) -> object:
    """Return what the stamp of a current build says."""
    return {
        "hash": content_hash(manifest.folder),
        "build": [*manifest.build],
        "with": {name: str(path) for name, path in substitutions.items()},
    }


def _build(manifest: Manifest, substitutions: Substitutions) -> None:
    shown = " ".join(manifest.build)
    descendants.become_subreaper()
    known = descendants.children()
    # A file, since a compiler server that inherits a pipe would keep us waiting for its end.
    with tempfile.TemporaryFile() as output:
        try:
            done = subprocess.run(
                resolve(manifest.build, substitutions),
                cwd=manifest.folder,
                env=build_environment(),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                timeout=BUILD_LIMIT_S,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise BuildError(f"`{shown}` did not end within {BUILD_LIMIT_S:.0f} s") from None
        except OSError as error:
            raise BuildError(f"`{shown}` could not be run: {error.strerror}") from error
        finally:
            descendants.kill_strays(known)  # compiler servers would measure along
        if done.returncode != 0:
            said = _end_of(output)
            raise BuildError(f"`{shown}` ended with status {done.returncode}:\n{said}")


def _end_of(output: IO[bytes]) -> str:
    output.seek(max(0, output.seek(0, os.SEEK_END) - _OUTPUT_BYTES))
    lines = [line for line in output.read().decode("utf-8", "replace").splitlines() if line]
    return "\n".join(plain(line, 300) for line in lines[-_OUTPUT_LINES:])


def _absent(manifest: Manifest) -> list[Contender]:
    return [
        contender
        for contender in manifest.contenders
        if "/" in contender.command[0]
        and not os.path.isfile(manifest.folder / contender.command[0])
    ]


def _insist_on_programs(manifest: Manifest) -> None:
    for contender in _absent(manifest):
        program = contender.command[0]
        when = "the build made no" if manifest.build else "there is no"
        raise BuildError(f"{when} ‘{program}’, the command of {contender.id}")
    for contender in manifest.contenders:
        program = contender.command[0]
        if "/" in program and not (manifest.folder / program).resolve().is_relative_to(
            manifest.folder
        ):
            raise BuildError(f"‘{program}’, the command of {contender.id}, leads out of the folder")


def _insist_on_plain_path(folder: Path) -> None:
    """Refuse what compilers take for syntax of theirs, with pages of errors that do not say so."""
    if found := _SYNTAX.search(str(folder)):
        raise BuildError(
            f"the path of its folder holds ‘{found[0]}’, which build tools misread; "
            "move it to a path without"
        )


class _Stamp:
    """What was built last, kept beside the programs in a file that the hash leaves out."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self) -> object:
        try:
            return json.loads(self.path.read_text())
        except (FileNotFoundError, ValueError, RecursionError):
            return None

    def write(self, value: object) -> None:
        self.path.write_text(json.dumps(value))


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Hold the folder's stamp; two builds of one folder at once would spoil each other."""
    with path.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def main() -> int:
    """Build every discovered runner, one line each; always 0."""
    descendants.become_subreaper()
    found = discover()
    for broken in found.broken:
        print(f"{broken.name}: left out, {broken.problem}")
    for manifest in found.manifests:
        if missing := missing_executables(manifest, {}):
            hint = f" {manifest.install}." if manifest.install else ""
            print(f"{manifest.name}: left out, {', '.join(missing)} not found.{hint}")
            continue
        try:
            read_version(manifest, {})  # too old a toolchain is named, and builds nothing
            if ensure_built(manifest, {}):
                print(f"{manifest.name}: built")
        except BuildError as error:
            print(f"{manifest.name}: left out, {error}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
