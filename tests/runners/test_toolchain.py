"""Executables: where a manifest's names lead, what is missing, what version answers."""

import sys
from pathlib import Path

import pytest

from results.errors import BuildError, TooOldError
from runners.manifest import Manifest, read_manifest
from runners.toolchain import (
    find_toolchain,
    missing_executables,
    read_version,
    resolve,
    started_by_scripts,
)
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


def install(folder: Path, name: str, says: str) -> None:
    """Make an executable that says its version, and from where it was started."""
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(f"#!/bin/sh\necho {says}\n")
    (folder / name).chmod(0o755)


@pytest.fixture
def on_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Two folders, in the order in which they are on PATH."""
    places = [tmp_path / "first", tmp_path / "second"]
    for place in places:
        place.mkdir()
    monkeypatch.setenv("PATH", ":".join(map(str, [*places, "/usr/bin", "/bin"])))
    return places


def test_a_script_that_starts_programs_is_told_from_an_executable(
    folders: Folders, on_path: list[Path]
) -> None:
    install(on_path[0], "wrapped", "2.0")
    command = {"command": ["wrapped", "ping.py"]}
    asked = read_manifest(folders.make(runner={"requires": ["wrapped"]}, contender=command))
    assert started_by_scripts(asked, {}) == [on_path[0] / "wrapped"]
    assert started_by_scripts(asked, {"wrapped": Path(sys.executable)}) == []
    # What a manifest does not require is its own file, and no executable of this machine's.
    own = read_manifest(folders.make("own", contender={"command": ["wrapped"]}))
    assert started_by_scripts(own, {}) == []


JDK: dict[str, Value] = {"requires": ["java", "javac"], "version": ["java"], "version_min": "21"}


def looking(folders: Folders, *places: str, name: str = "fake") -> Manifest:
    return read_manifest(folders.make(name, runner={**JDK, "look_in": [*places]}))


def test_of_all_on_path_the_first_that_is_new_enough_is_found_and_what_lies_beside_it(
    folders: Folders, on_path: list[Path]
) -> None:
    for place, version in zip(on_path, ("17.0.2", "25.0.1"), strict=True):
        install(place, "java", f"openjdk {version}")
        install(place, "javac", f"javac {version}")
    found = find_toolchain(looking(folders), {})
    assert found.version == "openjdk 25.0.1"
    assert found.substitutions == {name: on_path[1] / name for name in ("java", "javac")}


def test_what_path_leads_to_first_is_taken_where_it_will_do(
    folders: Folders, on_path: list[Path]
) -> None:
    for place in on_path:
        install(place, "java", "openjdk 25")
    assert find_toolchain(looking(folders), {}).substitutions == {}


def test_where_all_are_too_old_the_first_is_named(folders: Folders, on_path: list[Path]) -> None:
    install(on_path[0], "java", "openjdk 17")
    install(on_path[1], "java", "openjdk 11")
    with pytest.raises(TooOldError, match="openjdk 17.* is older than 21"):
        find_toolchain(looking(folders), {})


def test_a_shim_without_a_version_does_not_hide_what_comes_after_it(
    folders: Folders, on_path: list[Path]
) -> None:
    install(on_path[0], "java", "no version is set; exit 127")
    install(on_path[1], "java", "openjdk 25")
    assert find_toolchain(looking(folders), {}).version == "openjdk 25"


def test_who_names_an_executable_gets_no_other(folders: Folders, on_path: list[Path]) -> None:
    install(on_path[0], "java", "openjdk 17")
    install(on_path[1], "java", "openjdk 25")
    with pytest.raises(TooOldError):
        find_toolchain(looking(folders), {"java": on_path[0] / "java"})


@pytest.fixture
def apart(tmp_path: Path, on_path: list[Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    """A whole and new JDK whose folder is not on PATH, which has an older one, of no use."""
    place = tmp_path / "jdk" / "bin"
    place.parent.mkdir()
    install(place, "java", "openjdk 25")
    install(place, "javac", "javac 25")
    install(on_path[0], "java", "openjdk 17")
    monkeypatch.setenv("PATH", str(on_path[0]))  # no other one of this machine
    return place


@pytest.mark.parametrize("place", ["{tmp}/jdk/bin", "$JDK/bin", "{tmp}/*/bin", "../../jdk/bin"])
def test_what_is_not_on_path_is_found_where_the_manifest_says(
    place: str, folders: Folders, apart: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JDK", str(apart.parent))
    read = looking(folders, "$UNSET/bin", "/none", place.format(tmp=tmp_path))
    assert missing_executables(read, {}) == []
    found = find_toolchain(read, {})
    assert found.version == "openjdk 25"
    assert {file.resolve() for file in found.substitutions.values()} == {
        apart / "java",
        apart / "javac",
    }


def test_half_of_what_is_required_is_no_toolchain(folders: Folders, apart: Path) -> None:
    install(apart.parents[1] / "first", "java", "openjdk 25")  # on PATH, without a compiler
    nowhere, elsewhere = looking(folders), looking(folders, str(apart), name="elsewhere")
    assert missing_executables(nowhere, {}) == ["javac"]
    with pytest.raises(BuildError, match="^javac not found$"):
        find_toolchain(nowhere, {})
    assert missing_executables(elsewhere, {}) == []
    assert find_toolchain(elsewhere, {}).substitutions["java"] == apart / "java"


def test_where_nothing_is_new_enough_anywhere_path_s_own_is_named(
    folders: Folders, apart: Path, on_path: list[Path]
) -> None:
    install(on_path[0], "javac", "javac 17")
    install(apart, "java", "openjdk 11")
    with pytest.raises(TooOldError, match="openjdk 17"):
        find_toolchain(looking(folders, str(apart)), {})


def shell(folders: Folders, script: str, **runner: Value) -> str | None:
    """The version that a shell's script says."""
    return read_version(manifest(folders, version=["sh", "-c", script], **runner), {})


def test_a_warning_on_standard_error_is_no_version(folders: Folders) -> None:
    assert shell(folders, "echo 'warning: loud' >&2; echo 1.2") == "1.2"


def test_a_version_on_standard_error_alone_is_read_without_what_its_loader_says(
    folders: Folders,
) -> None:
    loader = "ERROR: ld.so: object '/missing.so' from LD_PRELOAD cannot be preloaded: ignored."
    assert shell(folders, f'echo "{loader}" >&2; echo "Java 25" >&2') == "Java 25"


def test_a_version_is_asked_in_the_environment_of_the_programs(
    folders: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHIM_VERSION", "22")
    monkeypatch.setenv("OTHER_VERSION", "20")
    script = "echo ${SHIM_VERSION-none} ${OTHER_VERSION-none} $LANG"
    assert shell(folders, script, pass_environment=["OTHER_VERSION"]) == "none 20 C.UTF-8"


def test_what_all_contenders_set_alike_holds_for_the_version_too(folders: Folders) -> None:
    folder = folders.make(
        runner={"version": ["sh", "-c", "echo $LEVEL"]}, contender={"environment": {"LEVEL": "3"}}
    )
    assert read_version(read_manifest(folder), {}) == "3"
