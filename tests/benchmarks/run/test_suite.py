"""Which awaitbench made a run, and when it is no longer the same."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from benchmarks.run.suite import change, describe_suite


@pytest.fixture
def copy(tmp_path: Path, repository: Path) -> Path:
    """An unpacked archive: the code that measures, without git."""
    for name in ("benchmarks", "results", "runners"):
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(repository / name, tmp_path / name, ignore=ignored)
    shutil.copy(repository / "pyproject.toml", tmp_path)
    return tmp_path


def test_an_unpacked_archive_has_no_commit_and_the_same_code(copy: Path) -> None:
    suite, ours = describe_suite(copy), describe_suite()
    assert (suite["commit"], suite["clean"]) == (None, None)
    assert (suite["version"], suite["hash"]) == (ours["version"], ours["hash"])
    assert change(ours, suite) is None


@pytest.mark.parametrize("place", ["benchmarks/ping/origin/server.py", "results/pings.py"])
def test_other_code_that_measures_is_a_change_and_named(copy: Path, place: str) -> None:
    before = describe_suite(copy)
    with (copy / place).open("a") as source:
        source.write("# changed\n")
    said = change(before, describe_suite(copy))
    assert said is not None and re.fullmatch(
        r"version \S+, code \w{10} then, version \S+, code \w{10} now", said
    )


def test_a_commit_and_whether_the_tree_was_clean_are_told(copy: Path) -> None:
    def git(*words: str) -> None:
        who = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
        subprocess.run(["git", "-C", copy, *who, *words], check=True, stdout=subprocess.DEVNULL)

    git("init", "-q")
    git("add", ".")
    git("commit", "-qm", "all")
    suite = describe_suite(copy)
    assert suite["clean"] is True and re.fullmatch(r"[0-9a-f]{40}", suite["commit"] or "")
    os.utime(copy / "results" / "pings.py")
    index = (copy / ".git" / "index").read_bytes()
    assert describe_suite(copy) == suite and (copy / ".git" / "index").read_bytes() == index
    (copy / "results" / "more.py").write_text("")
    edited = describe_suite(copy)
    assert (edited["commit"], edited["clean"]) == (suite["commit"], False)
    said = change(suite, edited)
    assert said is not None and said.endswith(", edited now")


def test_without_git_there_is_no_commit(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (copy / ".git").mkdir()
    monkeypatch.setenv("PATH", str(copy))
    assert describe_suite(copy)["commit"] is None
