"""The targets of the Makefile are told by `help`, set up what they need, and keep the runs."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
RULE = re.compile(r"^([a-z]+):((?: [a-z]+)*)(?: (#.*))?$", re.MULTILINE)
# They make nothing anew: one prints, one removes, and set-up itself comes first.
WITHOUT_SETUP = {"clean", "help", "setup"}


def rules() -> dict[str, tuple[list[str], str]]:
    """Every target with what it depends on and its comment."""
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    return {name: (needs.split(), comment) for name, needs, comment in RULE.findall(text)}


def make(target: str, folder: Path) -> str:
    """Run one target and return what it printed."""
    return subprocess.run(
        ["make", "--silent", "--no-print-directory", target],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        timeout=300,
        check=True,
        text=True,
    ).stdout


def test_help_lists_every_target_that_a_person_types() -> None:
    listed = [line.split()[1] for line in make("help", ROOT).splitlines()]
    assert listed == [name for name, (_, comment) in rules().items() if comment.startswith("## ")]
    assert set(rules()) - set(listed) == {"browser"}


def test_every_target_that_needs_something_sets_it_up_first() -> None:
    targets = rules()
    without = {
        name
        for name, (needs, _) in targets.items()
        if "setup" not in [*needs, *(each for need in needs for each in targets[need][0])]
    }
    assert without == WITHOUT_SETUP


def test_clean_removes_what_was_built_and_keeps_runs_and_sources(tmp_path: Path) -> None:
    shutil.copy(ROOT / "Makefile", tmp_path)
    kept = {
        "reports/out/run/run.json",
        "reports/out/run/sources/a/out/b.pyc",
        "reports/out/run/sources/a/__pycache__/b.pyc",
        "runner/runner.toml",
        "runner/ping.c",
        "mine.txt",
        "mine/out/precious",
    }
    made = (".venv/bin/python", ".mypy_cache/a", "runner/out/program", "runner/__pycache__/a.pyc")
    for name in (*kept, *made):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    make("clean", tmp_path)
    left = {
        str(path.relative_to(tmp_path))
        for path in tmp_path.rglob("*")
        if path.is_file() and ".git" not in path.parts
    }
    assert left == {*kept, "Makefile"}


def test_clean_keeps_the_sources_in_a_tree_that_an_outer_repository_ignores(
    tmp_path: Path,
) -> None:
    if shutil.which("git") is None:
        pytest.skip("git is not installed on this machine.")
    subprocess.run(["git", "init", "--quiet", tmp_path], check=True, timeout=300)
    (tmp_path / ".gitignore").write_text("vendor/\n", encoding="utf-8")
    folder = tmp_path / "vendor/awaitbench"
    (folder / "benchmarks").mkdir(parents=True)
    shutil.copy(ROOT / "Makefile", folder)
    (folder / "benchmarks/cli.py").touch()
    make("clean", folder)
    assert (folder / "benchmarks/cli.py").exists()
    assert (folder / "Makefile").exists()
