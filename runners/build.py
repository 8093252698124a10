"""Builds a runner's programs when its content, its toolchain or its build commands changed.

`python -m runners.build` builds what is missing in every top-level runner; a runner that
cannot be built is reported, never a failure, since the others can still run.
"""

import fcntl
import json
import os
import re
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from results.errors import BuildError
from runners import descendants
from runners.building import run_build
from runners.content import content_hash
from runners.discovery import discover
from runners.manifest import Contender, Manifest
from runners.toolchain import Toolchain, describe_toolchain, find_toolchain, missing_executables

STAMP = ".awaitbench-build.json"
OUT = "out"
# MSBuild's escapes, lists, expressions and arguments.
_SYNTAX = re.compile(r"%[0-9A-Fa-f]{2}|[;*?\"\n]|[$@%]\(")


def ensure_built(manifest: Manifest, toolchain: Toolchain) -> bool:
    """Run the runner's own build where something changed since the last; tell whether it did.

    Raises BuildError.
    """
    return _Builds(manifest, toolchain).of_runner()


def build_contenders(
    manifest: Manifest, toolchain: Toolchain, contenders: Iterable[Contender]
) -> Mapping[str, BuildError]:
    """Run the builds that `contenders` have of their own, each once; return those that failed, by id.

    The runner's own build is current.
    """
    builds, failed = _Builds(manifest, toolchain), dict[str, BuildError]()
    for contender in contenders:
        try:
            builds.of_contender(contender)
        except BuildError as error:
            failed[contender.id] = error
    return failed


class _Builds:
    """The builds of one runner, and the stamp that tells which of them are current."""

    def __init__(self, manifest: Manifest, toolchain: Toolchain) -> None:
        self._manifest, self._toolchain = manifest, toolchain
        self._folder = manifest.folder
        self._path = manifest.folder / STAMP
        self._failed: dict[str, BuildError] = {}

    def of_runner(self) -> bool:
        mine = [contender for contender in self._manifest.contenders if not contender.build]
        if not self._manifest.build:
            self._insist_on(mine, "there is no")
            return False
        with self._files():
            # Who finds it built needs no right to write; a build at work has emptied the stamp.
            if self._stamped() is not None and not self._absent(mine):
                return False
            with self._alone():
                if self._stamped() is not None and not self._absent(mine):
                    return False
                self._insist_on_plain_path()
                wanted = self._wanted()
                self._write(None)
                _make_empty(self._folder / OUT)
                run_build(self._manifest.build, self._folder, self._toolchain.substitutions)
                self._insist_on(mine, "the build made no")
                self._write({"of": wanted, "contenders": []})
                return True

    def of_contender(self, contender: Contender) -> None:
        if not contender.build:
            return
        key = json.dumps(contender.build)
        if key in self._failed:  # one build may serve several
            raise self._failed[key]
        try:
            with self._files():
                if not self._current(contender, key):
                    with self._alone():
                        if not self._current(contender, key):
                            self._build_contender(contender, key)
        except BuildError as error:
            self._failed[key] = error
            raise

    def _build_contender(self, contender: Contender, key: str) -> None:
        self._insist_on_plain_path()
        others = [each for each in self._stamped() or [] if each != key]
        wanted = self._wanted()
        self._write({"of": wanted, "contenders": others})
        run_build(contender.build, self._folder, self._toolchain.substitutions)
        self._insist_on([contender], "the build made no")
        self._write({"of": wanted, "contenders": [*others, key]})

    def _current(self, contender: Contender, key: str) -> bool:
        return key in (self._stamped() or ()) and not self._absent([contender])

    def _wanted(self) -> object:
        """Return what a build is made of."""
        return {
            "hash": content_hash(*self._manifest.homes.values()),
            "build": [[*command] for command in self._manifest.build],
            "toolchain": describe_toolchain(self._manifest, self._toolchain),
            "with": {name: str(path) for name, path in self._toolchain.substitutions.items()},
        }

    def _stamped(self) -> list[str] | None:
        """Return which builds of contenders are current; None where the runner's own is not."""
        try:
            stamp = json.loads(self._path.read_text())
        except (FileNotFoundError, ValueError, RecursionError):
            return None
        if not isinstance(stamp, dict) or stamp.get("of") != self._wanted():
            return None
        return [each for each in stamp.get("contenders", []) if isinstance(each, str)]

    def _write(self, value: object) -> None:
        self._path.write_text(json.dumps(value))

    @contextmanager
    def _files(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise BuildError(
                f"the runner's files cannot be read or written: {error.strerror}"
            ) from error

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Hold the folder's stamp; two builds of one folder at once would spoil each other."""
        with self._path.open("a") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def _absent(self, contenders: Iterable[Contender]) -> list[Contender]:
        return [
            contender
            for contender in contenders
            if "/" in contender.command[0]
            and not os.path.isfile(self._folder / contender.command[0])
        ]

    def _insist_on(self, contenders: Iterable[Contender], lack: str) -> None:
        for contender in self._absent(contenders):
            raise BuildError(f"{lack} ‘{contender.command[0]}’, the command of {contender.id}")
        for contender in contenders:
            program = contender.command[0]
            if "/" in program and not (self._folder / program).resolve().is_relative_to(
                self._folder
            ):
                raise BuildError(
                    f"‘{program}’, the command of {contender.id}, leads out of the folder"
                )

    def _insist_on_plain_path(self) -> None:
        """Refuse what compilers take for syntax of theirs, with pages of errors that do not say so."""
        if found := _SYNTAX.search(str(self._folder)):
            raise BuildError(
                f"the path of its folder holds ‘{found[0]}’, which build tools misread; "
                "move it to a path without"
            )


def _make_empty(folder: Path) -> None:
    """Remove what earlier builds made: a program of theirs must not pass for one of this."""
    if folder.is_dir() and not folder.is_symlink():
        shutil.rmtree(folder)
    folder.mkdir()


def main() -> int:
    """Build every discovered runner, one line each; always 0.

    Optional ones that are not installed share a line: nobody asked for them.
    """
    descendants.become_subreaper()
    found, absent = discover(), []
    for broken in found.broken:
        print(f"{broken.name}: left out, {broken.problem}")
    for manifest in found.manifests:
        missing = ", ".join(missing_executables(manifest, {}))
        if missing and manifest.optional:
            absent.append(f"{manifest.name} ({missing} not found)")
        elif missing:
            hint = f" {manifest.install}." if manifest.install else ""
            print(f"{manifest.name}: left out, {missing} not found.{hint}")
        else:
            _build(manifest)
    if absent:
        print(f"optional, left out: {', '.join(absent)}; `make doctor` says what to install")
    return 0


def _build(manifest: Manifest) -> None:
    try:
        # Too old a toolchain is named, and builds nothing.
        if ensure_built(manifest, find_toolchain(manifest, {})):
            print(f"{manifest.name}: built")
    except BuildError as error:
        print(f"{manifest.name}: left out, {error}")


if __name__ == "__main__":
    sys.exit(main())
