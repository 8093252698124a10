"""What tests of single modules share: a runner's folder, and a pytest that adopts orphans."""

import ctypes
from collections.abc import Iterator
from pathlib import Path

import pytest

from runners import descendants
from runners.manifest import MANIFEST
from tests.fakes.folder import Table, manifest

_PR_SET_CHILD_SUBREAPER = 36


@pytest.fixture
def subreaper() -> Iterator[None]:
    """Let this process adopt orphans as the harness does, and leave none behind."""
    known = descendants.children()
    descendants.become_subreaper()
    yield
    descendants.kill_strays(known)
    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 0, 0, 0, 0)


class Folders:
    """Makes runners' folders that hold one source, `ping.py`, and a manifest."""

    def __init__(self, parent: Path) -> None:
        self.parent = parent

    def make(
        self,
        name: str = "fake",
        *,
        runner: Table | None = None,
        contender: Table | None = None,
        program: str = "",
    ) -> Path:
        """Make one; `runner` and `contender` change keys of its manifest, None leaves one out."""
        folder = self.parent / name
        folder.mkdir()
        (folder / "ping.py").write_text(program)
        (folder / MANIFEST).write_text(manifest(name, "ping.py", runner or {}, contender or {}))
        return folder


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    """Makes runners' folders below `tmp_path / "runners"`."""
    parent = tmp_path / "runners"
    parent.mkdir()
    return Folders(parent)
