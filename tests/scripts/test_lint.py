"""Lint tells what it found from what it had to leave out."""

import json
import subprocess
from pathlib import Path

import pytest

from runners.discovery import discover
from scripts import lint
from scripts.lint import NONE, Findings
from tests.fixtures import Folders


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty repository with an empty PATH."""
    (tmp_path / "bin").mkdir()
    (tmp_path / "node").mkdir()
    (tmp_path / "node/package-lock.json").touch()
    monkeypatch.setattr(lint, "ROOT", tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    return tmp_path


def program(tree: Path, name: str, body: str) -> None:
    """Put a shell script on the PATH."""
    path = tree / "bin" / name
    path.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    path.chmod(0o755)


def test_a_missing_tool_is_skipped(tree: Path) -> None:
    assert lint.run(".", ["absent", "--check"]) == Findings(skipped="absent not found")
    assert lint.npm("check") == Findings(skipped="node not found")


def test_what_a_tool_prints_is_shown_when_it_fails_only(tree: Path) -> None:
    program(tree, "tool", "echo seen; exit $1")
    assert lint.run(".", ["tool", "0"]) == NONE
    assert lint.run(".", ["tool", "1"]) == Findings(found="seen")


def test_a_tool_that_only_names_files_finds_something_where_it_prints(tree: Path) -> None:
    program(tree, "tool", 'echo "$1"')
    assert lint.run(".", ["tool", ""], silent=True) == NONE
    assert lint.run(".", ["tool", "main.go"], silent=True) == Findings(found="main.go")


def test_rust_is_checked_where_it_is_built_only(tree: Path) -> None:
    program(tree, "cargo-clippy", "echo seen; exit 1")
    assert lint.clippy() == Findings(skipped="rust is not built")
    (tree / "rust/out").mkdir(parents=True)
    (tree / "rust/out/crates.toml").touch()
    assert lint.clippy() == Findings(found="seen")
    program(tree, "cargo-clippy", "echo failed to download from the index; exit 1")
    assert lint.clippy() == Findings(skipped="its crates could not be fetched")


def test_warnings_are_errors_in_a_build_of_its_own(
    tree: Path, folders: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(tree, "tool", 'echo "$@"; exit 1')
    folders.make("good", runner={"build": ["tool", "-o", "out/x", "outer.c"]})
    monkeypatch.setattr(lint, "ROOT", folders.parent)
    monkeypatch.setattr(lint, "discover_runners", lambda: discover((), folders.parent))
    flag, _, file, source = (lint.warnings("good").found or "").split()
    assert flag == "-Werror" and source == "outer.c"
    assert Path(file).name == "x" and Path(file).is_absolute()


def test_packages_that_cannot_be_fetched_leave_a_build_out(
    folders: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    folders.make("good")
    said = "error: failed to download from `https://index/config.json`"
    folders.make("far", runner={"build": ["sh", "-c", f"echo '{said}' >&2; exit 101"]})
    monkeypatch.setattr(lint, "discover_runners", lambda: discover((), folders.parent))
    assert lint.builds() == Findings(skipped="far (its packages could not be fetched)")


def test_a_tool_that_hangs_is_ended(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(tree, "tool", "exec /bin/sleep 60")
    monkeypatch.setattr(lint, "CHECK_S", 0.05)
    assert lint.run(".", ["tool"]) == Findings(found="tool took longer than 0 s")


def test_a_toolchain_that_is_too_old_is_skipped_like_one_that_is_missing(
    folders: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    folders.make("good")
    folders.make("lacks", runner={"requires": ["no-such-program"]})
    folders.make("old", runner={"version": ["echo", "5"], "version_min": "6"})
    monkeypatch.setattr(lint, "discover_runners", lambda: discover((), folders.parent))
    skipped = lint.builds().skipped or ""
    assert "lacks (no-such-program not found) and old (‘5’ is older than 6" in skipped
    assert lint.builds().found is None


def test_a_registry_out_of_reach_skips_and_a_wrong_lock_file_fails(tree: Path) -> None:
    program(tree, "node", "")
    program(tree, "npm", "echo npm error code EAI_AGAIN; exit 1")
    assert lint.npm("check").skipped is not None
    program(tree, "npm", "echo npm error code EUSAGE; exit 1")
    assert lint.npm("check") == Findings(found="npm error code EUSAGE")


def test_modules_are_fetched_once(tree: Path) -> None:
    log = tree / "log"
    program(tree, "node", "")
    program(
        tree,
        "npm",
        f"echo $1 >> {log}; [ $1 = run ] || {{ /bin/mkdir -p node_modules;"
        " echo > node_modules/.package-lock.json; }",
    )
    assert (lint.npm("check"), lint.npm("check")) == (NONE, NONE)
    assert log.read_text(encoding="utf-8").split() == ["ci", "run", "run"]


@pytest.mark.parametrize("version", ["22.12.0", "24.1.0", "99.0"])
def test_a_formatter_of_other_releases_is_left_alone(
    version: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / f"black-{version}.dist-info").mkdir()
    metadata = tmp_path / f"black-{version}.dist-info/METADATA"
    metadata.write_text(f"Name: black\nVersion: {version}\n", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    assert lint.formatter("black", "--check").skipped is not None


def test_the_exit_status_tells_whether_something_was_found(
    capsys: pytest.CaptureFixture[str],
) -> None:
    checks = {"one": lambda: Findings(skipped="no tool"), "two": lambda: NONE}
    assert lint.report(checks) == 0
    assert lint.report({**checks, "three": lambda: Findings(found="a mistake")}) == 1
    assert capsys.readouterr().out.endswith("lint: three: FAILED\na mistake\n")


def test_the_lock_file_of_the_checkers_names_no_server() -> None:
    root = Path(__file__).resolve().parents[2]
    locked = json.loads((root / "node/package-lock.json").read_text(encoding="utf-8"))
    assert [name for name, entry in locked["packages"].items() if "resolved" in entry] == []


def test_ci_runs_make_test_and_nothing_else(tree: Path) -> None:
    root = Path(__file__).resolve().parents[2]
    program(tree, "make", 'echo "make $*"; exit 7')
    done = subprocess.run(
        ["bash", root / ".ci/run"],
        env={"PATH": f"{tree}/bin:/usr/bin:/bin"},
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        timeout=30,
        text=True,
    )
    assert (done.returncode, done.stdout) == (7, "make test\n")


def test_the_page_s_script_is_checked_with_node_s_checkers_until_one_finds_something(
    tree: Path,
) -> None:
    commands = (["first"], ["second"])
    assert lint.page_script(commands).skipped is not None
    checkers = tree / "node/node_modules/.bin"
    checkers.mkdir(parents=True)
    (tree / lint.PAGE_SCRIPT).mkdir(parents=True)
    for name, body in (("first", "exit 0"), ("second", "echo seen; exit 1")):
        (checkers / name).write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
        (checkers / name).chmod(0o755)
    assert lint.page_script(commands[:1]) == NONE
    assert lint.page_script(commands) == Findings(found="seen")
