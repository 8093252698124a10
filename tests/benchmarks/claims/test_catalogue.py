"""The catalogue is read strictly, and says what it must of every probe."""

import shutil
from pathlib import Path
from typing import get_args

import pytest

from benchmarks.claims.catalogue import FOLDER, read_catalogue
from benchmarks.claims.expectations import EXPECTATIONS, read_expectations
from results.claims import Verdict
from results.errors import TableError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the catalogue's files."""
    for name in ("probes.toml", "claims.toml", "tables.toml"):
        shutil.copy(FOLDER / name, tmp_path)
    return tmp_path


def test_every_probe_executes_a_claim_and_both_seeds_have_a_table() -> None:
    catalogue = read_catalogue()
    assert len(catalogue.probes) == 35
    assert {claim["probe"] for claim in catalogue.claims} == set(catalogue.probes)
    assert {claim["verdict"] for claim in catalogue.claims} == set(get_args(Verdict))
    assert [table["seed"] for table in catalogue.tables] == ["A", "B"]
    assert all("JavaScript" in table["languages"] for table in catalogue.tables)


def test_every_verdict_rests_on_facts_that_are_expected() -> None:
    catalogue = read_catalogue()
    expected = {
        runner: read_expectations(EXPECTATIONS / f"{runner}.toml", tuple(catalogue.probes))
        for runner in ("python", "csharp", "node")
    }
    cells = (
        c for t in catalogue.tables for row in t["rows"] for cell in row["cells"] for c in cell
    )
    for said in (*catalogue.claims, *cells):
        for runner, facts in said.get("rests_on", {}).items():
            assert {*facts} <= expected[runner].probes[said["probe"]].facts.keys(), said


def test_what_is_ours_in_a_table_stands_in_the_added_column_alone() -> None:
    for table in read_catalogue().tables:
        for row in table["rows"]:
            for language, cell in zip(table["languages"], row["cells"], strict=True):
                assert cell
                assert all(one["ours"] == (language == "JavaScript") for one in cell)


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("claims.toml", 'verdict = "wrong"', 'verdict = "false"', "must be one of holds, "),
        ("claims.toml", 'seed = "A"', 'seed = "C"', "claim[0].seed: must be one of A, B, not ‘C’"),
        (
            "claims.toml",
            'probe = "lost-update"',
            'probe = "lost"',
            "claim[0].probe: must be one of ",
        ),
        ("claims.toml", "quote = ", "qoute = ", "claim[0].qoute: unknown key"),
        ("claims.toml", 'why = "Exc', 'why = ""\n#', "claim[0].why: must not be empty"),
        ("claims.toml", 'id = "a-details-differ"', 'id = "a-like-synchronous"', "used twice"),
        ("claims.toml", "[[claim]]", "[[claim", "is not valid TOML"),
        ("claims.toml", "rests_on = { ", "rests_on = {}\n# ", "must name a fact of a runner"),
        ("claims.toml", 'csharp = ["yield-between"', "csharp = [1", "rests_on.csharp[0]"),
        ("tables.toml", '["a-table-movenext"]', '["a-table-moved"]', "no claim ‘a-table-moved’"),
        ("tables.toml", '{ language = "Python", claims', '{ language = "C#", claims', "two cells"),
        ("tables.toml", '"JavaScript"]', '"JavaScript", "Ruby"]', "one cell each is due"),
    ],
)
def test_a_mistake_is_named_with_file_and_key(
    folder: Path, file: str, old: str, new: str, said: str
) -> None:
    text = (folder / file).read_text("utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(TableError) as error:
        read_catalogue(folder)
    assert str(error.value).startswith(file)
    assert said in str(error.value)


def test_an_unknown_probe_is_named_with_the_nearest_where_one_is_near() -> None:
    catalogue = read_catalogue()
    assert catalogue.unknown(["hello-ordr", "await-twice", "nosuch", "nosuch"]) == (
        "There is no probe ‘hello-ordr’; did you mean ‘hello-order’?",
        "There is no probe ‘nosuch’.",
    )
    assert catalogue.choose(["hello-ordr", "await-twice"]) == ("await-twice",)


def test_probes_are_chosen_in_the_catalogues_order_each_once() -> None:
    chosen = read_catalogue().choose(["await-twice", "hello-order", "await-twice"])
    assert chosen == ("hello-order", "await-twice")
