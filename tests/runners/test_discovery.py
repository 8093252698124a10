"""Discovery: every top-level folder with a manifest, and those given by hand."""

from pathlib import Path

import pytest

from results.errors import UsageError
from runners.discovery import Given, discover, given_by
from runners.manifest import MANIFEST
from tests.fixtures import Folders


def names(root: Path) -> list[str]:
    return [manifest.name for manifest in discover((), root).manifests]


def test_every_top_level_folder_with_a_manifest_is_found(folders: Folders) -> None:
    folders.make("b")
    folders.make("a")
    (folders.parent / "docs").mkdir()
    folders.parent.joinpath("deep").mkdir()
    Folders(folders.parent / "deep").make("c")
    assert names(folders.parent) == ["a", "b"]


def test_a_folder_given_twice_counts_once(folders: Folders, tmp_path: Path) -> None:
    inside, outside = folders.make("inside"), Folders(tmp_path).make("outside")
    link = tmp_path / "link"
    link.symlink_to(outside)
    found = discover([*map(Given, (outside, link, inside))], folders.parent)
    assert [manifest.name for manifest in found.manifests] == ["inside", "outside"]
    assert found.broken == ()


def test_the_folders_given_are_kept_apart(folders: Folders, tmp_path: Path) -> None:
    folders.make("inside")
    outside = Folders(tmp_path).make("outside")
    assert discover([Given(outside)], folders.parent).given == {outside.resolve()}


def test_who_names_the_folder_of_an_optional_runner_asks_for_it(
    folders: Folders, tmp_path: Path
) -> None:
    folders.make("inside", runner={"optional": True})
    outside = Folders(tmp_path).make("outside", runner={"optional": True})
    found = discover([Given(outside)], folders.parent)
    optional = {m.name: (m.optional, m.contenders[0].optional) for m in found.manifests}
    assert optional == {"inside": (True, True), "outside": (False, False)}


def test_a_second_runner_of_one_name_is_left_out(folders: Folders, tmp_path: Path) -> None:
    first = folders.make("same")
    second = Folders(tmp_path).make("other", runner={"name": "same"})
    found = discover([Given(second)], folders.parent)
    assert [manifest.folder for manifest in found.manifests] == [first.resolve()]
    assert [(broken.name, broken.folder) for broken in found.broken] == [("other", second)]
    assert f"other/{MANIFEST}: name: ‘same’" in found.broken[0].problem


def test_one_runner_takes_part_under_two_names(folders: Folders, tmp_path: Path) -> None:
    folder = Folders(tmp_path).make("node")
    texts = (f"old={folder}", f"new={folder}", str(folder))
    found = discover([*map(given_by, texts)], folders.parent)
    assert [manifest.name for manifest in found.manifests] == ["old", "new", "node"]
    assert {manifest.folder for manifest in found.manifests} == {folder.resolve()}
    assert [m.contenders[0].id.split("/")[0] for m in found.manifests] == ["old", "new", "node"]
    assert [*map(str, map(given_by, texts))] == ["old=node", "new=node", "node"]


@pytest.mark.parametrize("text", ["Old=there", "=there", "a/b=there"])
def test_what_is_no_name_belongs_to_the_folder(text: str) -> None:
    assert given_by(text) == Given(Path(text))


def test_a_folder_with_an_equals_sign_is_a_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("old=node").mkdir()
    assert given_by("old=node") == Given(Path("old=node"))


def test_a_broken_manifest_leaves_the_others(folders: Folders) -> None:
    folders.make("a", runner={"schema": 2})
    folders.make("b", contender={"sources": ["x" * 5000]})
    folders.make("c")
    found = discover((), folders.parent)
    assert [manifest.name for manifest in found.manifests] == ["c"]
    assert [broken.name for broken in found.broken] == ["a", "b"]
    assert found.broken[0].problem == f"a/{MANIFEST}: schema: must be 1"


@pytest.mark.parametrize("length", [1, 5000])
def test_a_folder_without_a_manifest_is_bad_usage(tmp_path: Path, length: int) -> None:
    with pytest.raises(UsageError, match="there is no runner.toml"):
        discover([Given(tmp_path / ("x" * length))], tmp_path)
