"""Builds: once, again when something changed, and nothing of them left running."""

import errno
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import psutil
import pytest

from results.errors import BuildError
from runners import build, building
from runners.build import STAMP, ensure_built
from runners.content import content_hash
from runners.discovery import discover
from runners.manifest import MANIFEST, read_manifest
from runners.roster import Ready, Unavailable, prepare
from runners.toolchain import Toolchain, find_toolchain
from tests.fakes.folder import Value
from tests.fixtures import Folders
from tests.runners.counted_build import BUILD, calls

pytestmark = pytest.mark.usefixtures("subreaper")

NO_TOOLCHAIN = Toolchain(version=None, substitutions={})


@pytest.fixture
def folder(folders: Folders) -> Path:
    return with_build(folders, BUILD)


def with_build(folders: Folders, script: str, name: str = "fake") -> Path:
    return folders.make(
        name, runner={"build": ["sh", "-c", script]}, contender={"command": ["out/ping"]}
    )


def built(folder: Path) -> bool:
    return ensure_built(read_manifest(folder), NO_TOOLCHAIN)


def test_a_build_runs_once(folder: Path) -> None:
    assert [built(folder), built(folder), calls(folder)] == [True, False, 1]


def test_a_build_does_not_change_the_content(folder: Path) -> None:
    before = content_hash(folder)
    built(folder)
    assert content_hash(folder) == before


def test_changed_content_is_built_again(folder: Path) -> None:
    built(folder)
    (folder / "ping.py").write_text("changed")
    assert [built(folder), built(folder), calls(folder)] == [True, False, 2]


def test_a_changed_command_is_built_again(folder: Path) -> None:
    built(folder)
    text = (folder / MANIFEST).read_text()
    (folder / MANIFEST).write_text(text.replace("echo program", "echo other"))
    assert [built(folder), calls(folder)] == [True, 2]


def test_a_replaced_executable_is_built_again(folder: Path) -> None:
    built(folder)
    other = Toolchain(version=None, substitutions={"sh": Path("/bin/sh")})
    assert ensure_built(read_manifest(folder), other)
    assert calls(folder) == 2


def test_a_missing_program_is_built_again(folder: Path) -> None:
    built(folder)
    (folder / "out" / "ping").unlink()
    assert [built(folder), calls(folder)] == [True, 2]


@pytest.mark.parametrize(
    "stamp", [b"", b"{", b"[]", b"\xff", b"[" * 9000], ids=lambda stamp: repr(stamp[:5])
)
def test_a_damaged_stamp_is_no_stamp(folder: Path, stamp: bytes) -> None:
    built(folder)
    (folder / STAMP).write_bytes(stamp)
    assert [built(folder), built(folder), calls(folder)] == [True, False, 2]


def test_a_build_that_failed_is_tried_again(folder: Path) -> None:
    built(folder)
    (folder / "ping.py").write_text("changed")
    (folder / "out" / "ping").unlink()
    (folder / "out").rmdir()
    (folder / "out").write_text("in the way")
    with pytest.raises(BuildError):
        built(folder)
    (folder / "out").unlink()
    assert [built(folder), built(folder)] == [True, False]


def test_what_a_failed_build_left_is_not_taken_for_a_program(folders: Folders) -> None:
    folder = with_build(folders, f"{BUILD}; test ! -e .broken")
    built(folder)
    (folder / "out" / "ping").unlink()
    (folder / ".broken").touch()
    with pytest.raises(BuildError):
        built(folder)
    (folder / ".broken").unlink()
    assert [built(folder), calls(folder)] == [True, 3]


@pytest.mark.parametrize(
    ("output", "quoted"),
    [
        ("Ping.java:3: error: ';' expected", True),
        ("PingSocket.cs(7,2): error CS1002: ; expected [ping.csproj]", True),
        ("\\033[1;31merror\\033[0m[E0425]: cannot find value", True),
        ("ModuleNotFoundError: No module named 'uvloop'", True),
        ("/usr/bin/ld: ping.c:(.text+0x9): undefined reference to `x'", True),
        ("fatal error: uring.h: No such file or directory", True),
        ("cc -Werror -o out/ping ping.c", False),
        ("make: *** [Makefile:2: out/ping] Error 1", False),
        ("    0 Error(s)", False),
    ],
)
def test_a_failed_builds_output_is_quoted_from_its_first_error_on(
    folders: Folders, output: str, quoted: bool
) -> None:
    (folders.parent / "said").write_text(output)
    script = 'seq 100; printf "$(cat ../said)\\n" >&2; seq 200; exit 7'
    with pytest.raises(BuildError) as caught:
        built(with_build(folders, script))
    command, *rest = str(caught.value).splitlines()
    assert command.endswith("ended with status 7:")
    assert len(rest) == 12
    assert rest[1] == ("1" if quoted else "2")  # without an error, from the start
    assert "\x1b" not in rest[0]


def test_several_commands_are_run_in_turn_until_one_fails(folders: Folders) -> None:
    said = [["sh", "-c", f"echo {word} >> .calls; test {word} != two"] for word in ("one", "two")]
    folder = folders.make(runner={"build": [*said, ["touch", ".calls"], ["rm", ".calls"]]})
    with pytest.raises(BuildError, match="`sh -c echo two .* ended with status 1"):
        built(folder)
    assert (folder / ".calls").read_text() == "one\ntwo\n"


def test_what_an_earlier_build_left_in_out_is_removed_first(folder: Path) -> None:
    built(folder)
    (folder / "out" / "Old.class").touch()
    (folder / "ping.py").write_text("changed")
    built(folder)
    assert os.listdir(folder / "out") == ["ping"]


def test_a_build_finds_its_folder_made(folders: Folders) -> None:
    folder = folders.make(
        runner={"build": ["touch", "out/ping"]}, contender={"command": ["out/ping"]}
    )
    assert built(folder)


def test_set_up_says_in_one_line_which_optional_runners_are_not_installed(
    folders: Folders, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lacks: dict[str, Value] = {"requires": ["no-such-program"], "install": "Get it"}
    for name in ("one", "two"):
        folders.make(name, runner={**lacks, "optional": True})
    folders.make("three", runner=lacks)
    folders.make("four", runner={"build": ["touch", "out/built"], "optional": True})
    folders.make("five", runner={"version": ["echo", "5"], "version_min": "6", "optional": True})
    monkeypatch.setattr(build, "discover", lambda: discover((), folders.parent))
    assert build.main() == 0
    assert capsys.readouterr().out.splitlines() == [
        "five: left out, ‘5’ is older than 6, the oldest that it works with",
        "four: built",
        "three: left out, no-such-program not found. Get it.",
        "optional, left out: one (no-such-program not found), two (no-such-program not found); "
        "`make doctor` says what to install",
    ]


def test_another_toolchain_of_the_same_name_builds_again(
    folders: Folders, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = folders.make(runner={"build": ["compile"], "version": ["compile"]})
    where = os.environ["PATH"]

    def install(place: str, version: str) -> None:
        file = tmp_path / place / "compile"
        file.parent.mkdir(exist_ok=True)
        file.write_text(f"#!/bin/sh\necho {version} | tee -a .calls\n")
        file.chmod(0o755)
        monkeypatch.setenv("PATH", f"{file.parent}:{where}")

    def built_now() -> bool:
        manifest = read_manifest(folder)
        return ensure_built(manifest, find_toolchain(manifest, {}))

    install("one", "1.0")
    assert [built_now(), built_now()] == [True, False]
    install("one", "1.1")
    assert [built_now(), built_now()] == [True, False]
    install("two", "1.1")
    assert [built_now(), built_now()] == [True, False]


def test_a_build_that_makes_no_program_is_told(folders: Folders) -> None:
    with pytest.raises(BuildError, match="the build made no ‘out/ping’, the command of fake/ping"):
        built(with_build(folders, "true"))


def test_a_program_missing_without_a_build_is_told(folders: Folders) -> None:
    with pytest.raises(BuildError, match="there is no ‘out/ping’"):
        built(folders.make(contender={"command": ["out/ping"]}))


def test_a_runner_without_a_build_leaves_no_stamp(folders: Folders) -> None:
    folder = folders.make()
    assert not built(folder)
    assert not (folder / STAMP).exists()


def test_a_command_that_does_not_exist_is_told(folders: Folders) -> None:
    folder = folders.make(runner={"build": ["no-such-program"]})
    with pytest.raises(BuildError, match="`no-such-program` could not be run: No such file"):
        built(folder)


def test_a_build_that_does_not_end_is_stopped(
    folders: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(building, "BUILD_LIMIT_S", 0.05)
    folder = with_build(folders, "echo $$ > .pid; exec sleep 1000")
    with pytest.raises(BuildError, match="did not end within"):
        built(folder)
    assert living(folder / ".pid") == []


@pytest.mark.parametrize("session", [[], ["setsid"]])
@pytest.mark.parametrize("output", ["", " > /dev/null 2>&1"])
def test_a_compiler_server_does_not_outlive_the_build(
    folders: Folders, session: Sequence[str], output: str
) -> None:
    """Neither by a session of its own, nor by holding on to the build's output."""
    server = " ".join([*session, "sh -c 'echo $$ > .pid; exec sleep 1000'"])
    script = f"{BUILD}; {server}{output} & until test -s .pid; do :; done"
    folder = with_build(folders, script)
    assert built(folder)
    assert living(folder / ".pid") == []


def living(file: Path) -> list[int]:
    """The process that wrote its id to `file`, if it lives."""
    return [pid for pid in [int(file.read_text())] if psutil.pid_exists(pid)]


@pytest.fixture
def lone_harness(repository: Path) -> Iterator[list[str]]:
    """How to start a harness of its own, which has not been made a subreaper."""
    script = (
        "import sys; from pathlib import Path; from runners.build import ensure_built; "
        "from runners.manifest import read_manifest; from runners.toolchain import Toolchain; "
        "none = Toolchain(version=None, substitutions={}); "
        "print(ensure_built(read_manifest(Path(sys.argv[1])), none))"
    )
    yield [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(repository)!r}); {script}"]


def test_a_build_alone_adopts_what_it_leaves(lone_harness: list[str], folders: Folders) -> None:
    folder = with_build(
        folders,
        f"{BUILD}; setsid sh -c 'echo $$ > .pid; exec sleep 1000' > /dev/null 2>&1 & "
        "until test -s .pid; do :; done",
    )
    done = subprocess.run(
        [*lone_harness, str(folder)], stdout=subprocess.PIPE, timeout=300, check=False
    )
    assert (done.stdout, living(folder / ".pid")) == (b"True\n", [])


def test_a_folder_that_cannot_be_written_is_told(folder: Path) -> None:
    (folder / STAMP).mkdir()
    with pytest.raises(BuildError, match="cannot be read or written: Is a directory"):
        built(folder)


def test_who_finds_a_current_build_writes_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    built(folder)
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    path_open = Path.open

    def read_only(path: Path, mode: str = "r", *more: Any, **named: Any) -> Any:
        if mode[0] != "r":
            raise OSError(errno.EROFS, "Read-only file system")
        return path_open(path, mode, *more, **named)

    monkeypatch.setattr(Path, "open", read_only)
    assert not built(folder)
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*")} == before
    os.truncate(folder / "ping.py", 1)
    with pytest.raises(BuildError, match="cannot be read or written: Read-only file system"):
        built(folder)


@pytest.mark.parametrize("name", ["a;b", "a%20b", "a*b", 'a"b', "a$(b)", "a@(b)", "a\nb"])
def test_a_path_that_build_tools_misread_is_told_before_the_build(
    name: str, tmp_path: Path
) -> None:
    parent = tmp_path / name
    parent.mkdir()
    folder = with_build(Folders(parent), BUILD)
    with pytest.raises(BuildError, match="which build tools misread"):
        built(folder)
    assert not (folder / ".calls").exists()


@pytest.mark.parametrize("name", ["a b", "it's", "straße", "50% off", "x" * 200, "a#b&c$d"])
def test_any_other_path_is_built_in(name: str, tmp_path: Path) -> None:
    parent = tmp_path / name
    parent.mkdir()
    assert built(with_build(Folders(parent), BUILD))


def test_a_build_sees_no_variable_of_another_project(
    folders: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLATFORM", "linux/amd64")
    monkeypatch.setenv("NODE_OPTIONS", "--bogus")
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy")
    seen = 'test "${PLATFORM-}${NODE_OPTIONS-}$HTTPS_PROXY" = http://proxy'
    assert built(with_build(folders, f"{seen} && {BUILD}"))


def test_a_runner_is_prepared_with_version_and_hash(folders: Folders) -> None:
    manifest = read_manifest(folders.make(runner={"version": ["echo", "1.2"]}))
    assert prepare(manifest, {}) == Ready(
        manifest=manifest, version="1.2", hash=content_hash(manifest.folder)
    )


def test_a_missing_toolchain_is_told_from_a_failure(folders: Folders) -> None:
    lacks = folders.make("lacks", runner={"requires": ["no-such-program"], "install": "Get it"})
    fails = folders.make("fails", runner={"build": ["false"]})
    assert prepare(read_manifest(lacks), {}) == Unavailable(
        name="lacks", reason="no-such-program not found on PATH", install="Get it", toolchain=True
    )
    failed = prepare(read_manifest(fails), {})
    assert isinstance(failed, Unavailable)
    assert not failed.toolchain
    assert "status 1" in failed.reason


def test_content_that_cannot_be_read_is_a_failure_of_its_runner_alone(folders: Folders) -> None:
    folder = folders.make()
    # A regular file that not even a privileged user can read from its start.
    (folder / "unreadable").symlink_to("/proc/self/mem")
    failed = prepare(read_manifest(folder), {})
    assert isinstance(failed, Unavailable)
    assert "cannot be read" in failed.reason


def test_the_stamp_holds_no_path(folder: Path) -> None:
    built(folder)
    stamp = json.loads((folder / STAMP).read_text())
    assert sorted(stamp) == ["contenders", "of"]
    assert sorted(stamp["of"]) == ["build", "hash", "toolchain", "with"]
    assert os.fspath(folder) not in (folder / STAMP).read_text()


def test_a_program_that_leads_out_of_the_folder_is_refused(folders: Folders) -> None:
    folder = with_build(folders, "mkdir -p out && ln -sf /bin/true out/ping")
    with pytest.raises(BuildError, match="leads out of the folder"):
        built(folder)
