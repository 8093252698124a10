"""Executables: where a manifest's names lead, what is missing, what version answers."""

import sys
from pathlib import Path

import pytest

from results.errors import BuildError
from runners.manifest import Manifest, read_manifest
from runners.toolchain import missing_executables, read_version, resolve
from tests.fakes.folder import Value
from tests.fixtures import Folders

NODE = {"node": Path("/usr/bin/other-node")}


@pytest.mark.parametrize(
    ("argv", "resolved"),
    [
        (("{python}", "x.py"), [sys.executable, "x.py"]),
        (("node", "x.mjs"), ["/usr/bin/other-node", "x.mjs"]),
        (("dotnet", "build"), ["dotnet", "build"]),
        (("env", "{python}", "x"), ["env", sys.executable, "x"]),
        # A later word may only look like an executable.
        (("make", "node"), ["make", "node"]),
        (("out/ping", "{pythons}"), ["out/ping", "{pythons}"]),
    ],
)
def test_executables_are_replaced_and_nothing_else(
    argv: tuple[str, ...], resolved: list[str]
) -> None:
    assert resolve(argv, NODE) == resolved


def test_the_harness_s_interpreter_can_be_replaced_too() -> None:
    other = {"{python}": Path("/usr/bin/other-python")}
    assert resolve(("{python}", "-c", "{python}"), other) == [
        "/usr/bin/other-python",
        "-c",
        "/usr/bin/other-python",
    ]


def manifest(folders: Folders, **runner: Value) -> Manifest:
    return read_manifest(folders.make(runner=runner))


def test_only_what_is_not_to_be_found_is_missing(folders: Folders) -> None:
    read = manifest(folders, requires=["sh", "no-such-program", "{python}", "nor-this"])
    assert missing_executables(read, {}) == ["no-such-program", "nor-this"]


def test_a_replacement_makes_a_missing_executable_found(folders: Folders) -> None:
    read = manifest(folders, requires=["no-such-program"])
    assert missing_executables(read, {"no-such-program": Path(sys.executable)}) == []
    assert missing_executables(read, {"no-such-program": Path("/none")}) == ["no-such-program"]


def test_the_version_is_the_first_line_that_says_something(folders: Folders) -> None:
    read = manifest(folders, version=["printf", r"\n  go \033[1m1.22  \nmore\n"])
    assert read_version(read, {}) == "go \N{REPLACEMENT CHARACTER}[1m1.22"


def test_without_a_command_there_is_no_version(folders: Folders) -> None:
    assert read_version(manifest(folders), {}) is None


def test_the_version_command_runs_in_the_runners_folder(folders: Folders) -> None:
    assert read_version(manifest(folders, version=["ls", "runner.toml"]), {}) == "runner.toml"


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (["false"], "ended with status 1 and printed nothing"),
        (["true"], "ended with status 0 and printed nothing"),
        (["sh", "-c", "echo broken >&2; exit 3"], "ended with status 3 and printed broken"),
        (["no-such-program"], "could not be run"),
    ],
)
def test_a_version_command_that_fails_is_told(
    folders: Folders, command: list[str], said: str
) -> None:
    with pytest.raises(BuildError, match=said):
        read_version(manifest(folders, version=command), {})
