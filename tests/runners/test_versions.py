"""Version numbers in what tools print, and toolchains that are too old."""

from pathlib import Path

import pytest

from results.errors import TooOldError
from runners.manifest import Manifest, read_manifest
from runners.roster import Ready, Unavailable, prepare
from runners.toolchain import read_version
from runners.versions import version_in
from tests.fakes.folder import Value
from tests.fixtures import Folders


def test_the_first_number_is_the_version() -> None:
    assert version_in("Node.js 20.20.2 (V8 11.3)") == (20, 20, 2)
    assert version_in(".NET 10.0.12") == (10, 0, 12)
    assert version_in('openjdk version "17.0.2" 2022-01-18') == (17, 0, 2)
    assert version_in("none") is None


def runner(folders: Folders, printed: str, least: str, **more: Value) -> Manifest:
    keys: dict[str, Value] = {"version": ["echo", printed], "version_min": least, **more}
    return read_manifest(folders.make(runner=keys))


@pytest.mark.parametrize(
    ("printed", "least"),
    [
        ("v12.22.9", "20"),
        ("v20.2.1", "20.3"),
        ("openjdk 17.0.2 2022-01-18", "25"),
        ("Python 3.9.18", "3.11"),
    ],
)
def test_an_older_toolchain_is_too_old(folders: Folders, printed: str, least: str) -> None:
    with pytest.raises(TooOldError) as caught:
        read_version(runner(folders, printed, least), {})
    assert printed in str(caught.value) and least in str(caught.value)


@pytest.mark.parametrize(
    ("printed", "least"),
    [
        ("v20.3.0", "20.3"),
        ("v21", "20.3"),
        ("Python 3.11.2", "3.11"),
        ("go version devel", "1.22"),  # who builds a compiler knows what it is
    ],
)
def test_what_is_not_older_takes_part(folders: Folders, printed: str, least: str) -> None:
    assert read_version(runner(folders, printed, least), {}) == printed


def test_a_runner_whose_toolchain_is_too_old_is_not_built_and_told_the_way_out(
    folders: Folders, tmp_path: Path
) -> None:
    trace = tmp_path / "built"
    old = runner(folders, "v12", "20", install="Install Node.js 20", build=["touch", str(trace)])
    answer = prepare(old, {})
    assert isinstance(answer, Unavailable) and answer.too_old
    assert "v12" in answer.reason and "20" in answer.reason
    assert answer.install == "Install Node.js 20, or name a newer one with --with echo=PATH"
    assert not trace.exists()


def test_another_executable_is_the_way_out(folders: Folders, tmp_path: Path) -> None:
    newer = tmp_path / "newer"
    newer.write_text("#!/bin/sh\necho v22\n")
    newer.chmod(0o755)
    answer = prepare(runner(folders, "v12", "20"), {"echo": newer})
    assert isinstance(answer, Ready) and answer.version == "v22"
