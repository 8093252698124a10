"""What is expected follows from the runtime's version; facts are compared strictly."""

from pathlib import Path

import pytest

from benchmarks.semantics.catalogue import read_catalogue
from benchmarks.semantics.expectations import (
    EXPECTATIONS,
    Facts,
    expectations_for,
    read_expectations,
    version_in,
)
from benchmarks.semantics.judge import as_expected, differences
from benchmarks.semantics.reading import DataError
from runners.manifest import read_manifest
from tests.semantics.fakes import AS_SEEN, MANIFEST, make_runner

PROBES = tuple(read_catalogue().probes)
RANGES = """
since = "3.11"
[[probe]]
id = "hello-order"
facts = { a = 1, b = "x" }
[[probe.version]]
from = "3.12"
facts = { b = "y" }
[[probe.version]]
from = "3.12.4"
before = "3.14"
facts = { c = [1] }
"""


def read(tmp_path: Path, text: str, runtime: str) -> Facts | None:
    """What is expected of hello-order in a runtime."""
    (tmp_path / "x.toml").write_text(text)
    return read_expectations(tmp_path / "x.toml", PROBES).of("hello-order", runtime)


@pytest.mark.parametrize(
    ("runtime", "expected"),
    [
        ("CPython 3.10.13", None),
        ("CPython", None),
        ("CPython 3.11.2", {"a": 1, "b": "x"}),
        ("CPython 3.12.3 (main)", {"a": 1, "b": "y"}),
        ("CPython 3.12.10", {"a": 1, "b": "y", "c": [1]}),
        ("CPython 3.14.0", {"a": 1, "b": "y"}),
        ("CPython 4", {"a": 1, "b": "y"}),
    ],
)
def test_the_range_that_holds_a_version_replaces_what_differs(
    tmp_path: Path, runtime: str, expected: Facts | None
) -> None:
    assert read(tmp_path, RANGES, runtime) == expected


def test_the_first_number_is_the_version() -> None:
    assert version_in("Node.js 20.20.2 (V8 11.3)") == (20, 20, 2)
    assert version_in(".NET 10.0.12") == (10, 0, 12)
    assert version_in("none") is None


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"hello-order"', '"hello"', "probe[0].id: ‘hello’ is not one of"),
        ("a = 1", "a = 1.5", "probe[0].facts.a: must be a string"),
        ("a = 1", 'a = [1, "x"]', "probe[0].facts.a"),
        ('from = "3.12"', "", "probe[0].version[0].from: a range needs"),
        ('from = "3.12"', 'from = "new"', "‘new’ is not a version"),
        ('before = "3.14"', 'before = "3.2"', "must be later than `from`"),
        ("since", "sinse", "sinse: unknown key"),
    ],
)
def test_a_mistake_is_named(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert old in RANGES
    with pytest.raises(DataError) as error:
        read(tmp_path, RANGES.replace(old, new, 1), "3.12")
    assert said in str(error.value)


@pytest.mark.parametrize("name", ["python", "csharp", "node"])
def test_the_shipped_files_are_valid_and_say_since_when(name: str) -> None:
    expectations = read_expectations(EXPECTATIONS / f"{name}.toml", PROBES)
    assert expectations.since is not None
    assert len(expectations.probes) >= 25


def test_a_runners_own_file_comes_first_then_its_name_then_its_language(tmp_path: Path) -> None:
    own = read_manifest(make_runner(tmp_path / "a"))
    bare = read_manifest(make_runner(tmp_path / "b", expectations=None))
    for name in ("fake", "other"):
        (tmp_path / f"{name}.toml").write_text(AS_SEEN.replace("count = 1", f'by = "{name}"'))
    found = expectations_for(own, [], PROBES, tmp_path).of("hello-order", "Fake 2")
    assert found == {"lines": ["Start", "End"], "count": 1}
    found = expectations_for(bare, [], PROBES, tmp_path).of("hello-order", "Fake 2")
    assert found is not None and found["by"] == "fake"
    (tmp_path / "fake.toml").unlink()
    (bare.folder / "runner.toml").write_text(MANIFEST.replace('"fake"', '"other"'))
    other = read_manifest(bare.folder)
    found = expectations_for(bare, [other], PROBES, tmp_path).of("hello-order", "Fake 2")
    assert found is not None and found["by"] == "other"
    assert expectations_for(bare, [], PROBES, tmp_path).probes == {}


def test_true_is_not_one_and_every_difference_is_told() -> None:
    assert as_expected({"a": True}, {"a": 1}) is False
    assert as_expected({"a": [1, 2]}, {"a": [2, 1]}) is False
    assert as_expected({"a": 1}, {"a": 1}) is True
    assert as_expected({"a": 1}, None) is None
    assert differences({"a": 1, "b": "x"}, {"b": "y", "c": True}) == [
        "a is 1, of which nothing is expected",
        "b is 'x', expected was 'y'",
        "c was expected to be True and was not seen",
    ]
