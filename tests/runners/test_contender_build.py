"""Builds of single contenders: only where they take part, and to the harm of nobody else."""

from collections.abc import Sequence

import pytest

from runners.manifest import MANIFEST, Manifest, read_manifest
from runners.roster import Ready, prepare
from tests.fixtures import Folders
from tests.runners.counted_build import BUILD, calls

pytestmark = pytest.mark.usefixtures("subreaper")


def with_own_build(folders: Folders, *commands: Sequence[str], **contender: object) -> Manifest:
    """A runner whose contender has a build of its own."""
    return read_manifest(folders.make(contender={"build": [*commands], **contender}))


def test_a_contenders_own_build_runs_once_and_only_when_it_takes_part(folders: Folders) -> None:
    manifest = with_own_build(folders, ["sh", "-c", BUILD], command=["out/ping"])
    for contenders in ((), manifest.contenders, manifest.contenders):
        ready = prepare(manifest, {}, contenders)
        assert isinstance(ready, Ready) and ready.left_out == {}
        assert (manifest.folder / ".calls").exists() is bool(contenders)
    assert calls(manifest.folder) == 1
    (manifest.folder / "ping.py").write_text("changed")
    prepare(manifest, {}, manifest.contenders)
    assert calls(manifest.folder) == 2


def test_what_fails_in_a_contenders_own_build_leaves_out_that_contender_alone(
    folders: Folders,
) -> None:
    manifest = with_own_build(
        folders,
        ["{python}", "-c", "import awaitbench_no_such_module"],
        label="Fake loop",
        install="pip install fakeloop",
    )
    ready = prepare(manifest, {}, manifest.contenders)
    assert isinstance(ready, Ready)
    (lacks,) = ready.left_out.values()
    assert (lacks.name, lacks.toolchain) == ("fake/ping", True)
    assert lacks.reason == (
        "Fake loop is not available: pip install fakeloop "
        "(ModuleNotFoundError: No module named 'awaitbench_no_such_module')"
    )


def test_contenders_with_the_same_build_share_it(folders: Folders) -> None:
    folder = folders.make(contender={"build": [["sh", "-c", "echo call >> .calls; exit 1"]]})
    text = (folder / MANIFEST).read_text()
    again = text[text.index("[[contender]]") :].replace('"ping"\n', '"other"\n', 1)
    (folder / MANIFEST).write_text(text + again)
    manifest = read_manifest(folder)
    ready = prepare(manifest, {}, manifest.contenders)
    assert isinstance(ready, Ready)
    assert sorted(ready.left_out) == ["fake/other", "fake/ping"]
    assert calls(folder) == 1


def test_the_runners_build_makes_those_of_its_contenders_due_again(folders: Folders) -> None:
    folder = folders.make(
        runner={"build": ["mkdir", "-p", "out"]},
        contender={"build": [["sh", "-c", BUILD]], "command": ["out/ping"]},
    )
    for expected in (1, 2):
        (folder / "ping.py").write_text(f"# {expected}")
        manifest = read_manifest(folder)
        ready = prepare(manifest, {}, manifest.contenders)
        assert isinstance(ready, Ready) and ready.left_out == {}
        assert calls(folder) == expected
