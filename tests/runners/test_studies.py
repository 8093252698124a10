"""`warm-up.toml`: read strictly, written whole, one study for each runtime."""

from dataclasses import replace
from pathlib import Path

import pytest

from results.errors import TableError
from runners.content import STUDIES, content_hash
from runners.studies import read_studies, runtime_of, sources_hash, write_studies
from tests.studies import STUDY


def test_a_folder_without_studies_has_none(tmp_path: Path) -> None:
    assert read_studies(tmp_path) == ()


def test_what_is_written_is_read_and_a_newer_study_of_the_same_replaces_it(tmp_path: Path) -> None:
    write_studies(tmp_path, [STUDY])
    other = replace(STUDY, runtime="Node.js 22")
    newer = replace(STUDY, warmup=150)
    write_studies(tmp_path, [other, newer])
    assert read_studies(tmp_path) == (newer, other)


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ("Node.js 20.20.0", "Node.js 20"),
        ("CPython 3.11.2, httpx 0.23.3", "CPython 3.11"),
        (".NET 10.0.1", ".NET 10"),
        ("OpenJDK 64-Bit 25.0.1", "OpenJDK 64-Bit 25"),
        ("v22.4.0", "22"),
        ("go1.19.8", "go 1.19"),
        ("SomeVM", "SomeVM"),
        ("", ""),
    ],
)
def test_a_runtime_is_named_with_its_major_version(said: str, named: str) -> None:
    assert runtime_of(said) == named


def test_a_study_changes_no_runner(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("1")
    before = content_hash(tmp_path)
    write_studies(tmp_path, [STUDY])
    assert content_hash(tmp_path) == before


def test_the_hash_follows_the_sources(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("1")
    before = sources_hash(tmp_path, ["a.py"])
    (tmp_path / "a.py").write_text("2")
    assert sources_hash(tmp_path, ["a.py"]) != before


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("warmup = 100", "warmup = -1", r"study\[0\].warmup: must be a whole number"),
        ("warmup = 100", "warmup = 1.5", r"study\[0\].warmup: must be a whole number"),
        ("later = 1.004", "later = nan", r"study\[0\].later: must be a number above 0"),
        ('ending = "settled"', 'ending = "perhaps"', r"study\[0\].ending: must be one of settled"),
        ('runtime = "Node.js 20"', "", r"study\[0\].runtime: is required"),
        ("schema = 1", "schema = 2", "schema: must be 1"),
        ("processes = 6", "process = 6", r"study\[0\].process: unknown key"),
        ("[[study]]", "[[study", "is not valid TOML"),
    ],
)
def test_a_damaged_table_is_a_sentence(tmp_path: Path, old: str, new: str, problem: str) -> None:
    write_studies(tmp_path, [STUDY])
    text = (tmp_path / STUDIES).read_text()
    assert old in text
    (tmp_path / STUDIES).write_text(text.replace(old, new))
    with pytest.raises(TableError, match=problem):
        read_studies(tmp_path)
