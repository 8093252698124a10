"""The content hash: what counts as a runner's content, and what changes it."""

from pathlib import Path

import pytest

from runners.content import GENERATED, content_files, content_hash, copy_content


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "runner"
    (folder / "src").mkdir(parents=True)
    (folder / "a.py").write_text("a")
    (folder / "src" / "b.py").write_text("b")
    return folder


def test_files_are_relative_and_sorted(folder: Path) -> None:
    assert content_files(folder) == (Path("a.py"), Path("src/b.py"))


@pytest.mark.parametrize(
    "place", [".hidden", ".git/x", "src/.x", *(f"{g}/x" for g in sorted(GENERATED))]
)
def test_dot_files_and_what_a_build_makes_do_not_count(folder: Path, place: str) -> None:
    before = content_hash(folder)
    (folder / place).parent.mkdir(exist_ok=True)
    (folder / place).write_text("made")
    assert content_hash(folder) == before


def test_a_generated_folder_deeper_down_does_not_count(folder: Path) -> None:
    before = content_hash(folder)
    (folder / "src" / "__pycache__").mkdir()
    (folder / "src" / "__pycache__" / "b.pyc").write_text("made")
    assert content_hash(folder) == before


def test_content_name_and_place_all_count(folder: Path) -> None:
    seen = [content_hash(folder)]
    (folder / "a.py").write_text("A")
    seen.append(content_hash(folder))
    (folder / "a.py").rename(folder / "c.py")
    seen.append(content_hash(folder))
    (folder / "c.py").rename(folder / "src" / "c.py")
    seen.append(content_hash(folder))
    (folder / "empty").write_text("")
    seen.append(content_hash(folder))
    assert len(set(seen)) == len(seen)


def test_bytes_cannot_move_between_files_unnoticed(folder: Path) -> None:
    (folder / "a.py").write_text("ab")
    (folder / "b.py").write_text("c")
    before = content_hash(folder)
    (folder / "a.py").write_text("a")
    (folder / "b.py").write_text("bc")
    assert content_hash(folder) != before


def test_a_file_cannot_pass_for_two(tmp_path: Path) -> None:
    for name, files in (("one", {"a": b"1b\0\0" + b"2"}), ("two", {"a": b"1", "b": b"2"})):
        (tmp_path / name).mkdir()
        for file, data in files.items():
            (tmp_path / name / file).write_bytes(data)
    assert content_hash(tmp_path / "one") != content_hash(tmp_path / "two")


def test_a_link_counts_by_what_it_holds_and_a_circle_does_not_matter(folder: Path) -> None:
    (folder / "link.py").symlink_to("a.py")
    (folder / "circle").symlink_to(".")
    (folder / "dangling").symlink_to("absent")
    assert content_files(folder) == (Path("a.py"), Path("link.py"), Path("src/b.py"))


def test_the_copy_has_the_same_hash_and_holds_plain_files(folder: Path, tmp_path: Path) -> None:
    (folder / "link.py").symlink_to("a.py")
    (folder / "out").mkdir()
    (folder / "out" / "x").write_text("made")
    copy_content(folder, tmp_path / "copy")
    assert content_hash(tmp_path / "copy") == content_hash(folder)
    assert not (tmp_path / "copy" / "link.py").is_symlink()
    assert not (tmp_path / "copy" / "out").exists()
