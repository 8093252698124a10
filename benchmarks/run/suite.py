"""Which awaitbench measures: its version, its commit, and a hash over the code that measures."""

import hashlib
import subprocess
from pathlib import Path

import tomllib

from results.format import Suite
from runners.content import content_hash
from runners.discovery import ROOT

# The harness and the origin. What draws may change between the parts of a run.
_MEASURING = ("benchmarks", "results", "runners")
_GIT_LIMIT_S = 10.0


def describe_suite(root: Path = ROOT) -> Suite:
    """Return what made a run; without git, or in an unpacked archive, there is no commit."""
    digest = hashlib.sha256("".join(content_hash(root / name) for name in _MEASURING).encode())
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    commit, clean = _commit(root)
    return Suite(version=project["version"], commit=commit, clean=clean, hash=digest.hexdigest())


def change(then: Suite, now: Suite) -> str | None:
    """Return how the code that measures changed, in a few words; None where it did not."""
    if then["hash"] == now["hash"]:
        return None
    return f"{_named(then)} then, {_named(now)} now"


def _named(suite: Suite) -> str:
    if suite["commit"] is None:
        return f"version {suite['version']}, code {suite['hash'][:10]}"
    edited = "" if suite["clean"] else ", edited"
    return f"commit {suite['commit'][:10]}{edited}"


def _commit(root: Path) -> tuple[str | None, bool | None]:
    if not (root / ".git").exists():  # a repository further up is not ours
        return None, None
    commit, changes = _git(root, "rev-parse", "HEAD"), _git(root, "status", "--porcelain")
    return (commit, None if changes is None else changes == "") if commit else (None, None)


def _git(root: Path, *words: str) -> str | None:
    try:
        done = subprocess.run(
            # Reading must not refresh the index: if we were killed, git's lock would stay behind.
            ["git", "--no-optional-locks", "-C", root, *words],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=_GIT_LIMIT_S,
            check=True,
            text=True,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.strip()
