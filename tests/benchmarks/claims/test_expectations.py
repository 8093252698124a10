"""What is expected follows from the runtime's version; facts are compared strictly."""

from pathlib import Path
from typing import Any

import pytest

from benchmarks.claims.catalogue import read_catalogue
from benchmarks.claims.execution import Observation, Offer, judged
from benchmarks.claims.expectations import (
    EXPECTATIONS,
    Expectations,
    expectations_for,
    read_expectations,
)
from benchmarks.claims.judge import differences
from benchmarks.claims.probing import Answer
from benchmarks.claims.record import Facts
from benchmarks.claims.sources import Sources
from reports.words.claims import is_finding
from results.errors import TableError
from runners.discovery import ROOT
from runners.manifest import read_manifest
from runners.spawning import Start
from tests.benchmarks.claims.fakes import AS_SEEN, MANIFEST, make_runner

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


WHEN = """
[[probe.when]]
observed = { free = true, mode = "x" }
facts = { b = "z", d = true }
unjudged = ["a"]
"""
FACTS_OF_WHEN = WHEN.partition('x" }\n')[2]


def expectations(tmp_path: Path, text: str) -> Expectations:
    """The expectations of a file of this text."""
    (tmp_path / "x.toml").write_text(text)
    return read_expectations(tmp_path / "x.toml", PROBES)


def read(tmp_path: Path, text: str, runtime: str) -> Facts | None:
    """What is expected of hello-order in a runtime."""
    return expectations(tmp_path, text).of("hello-order", runtime)


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


@pytest.mark.parametrize(
    ("seen", "expected", "unjudged"),
    [
        ({"free": True, "mode": "x", "more": 1}, {"b": "z", "d": True}, {"a"}),
        ({"free": 1, "mode": "x"}, {"a": 1, "b": "y"}, set()),
        ({"free": True}, {"a": 1, "b": "y"}, set()),
        ({"outcome": "hang"}, {"a": 1, "b": "y"}, set()),
    ],
)
def test_a_condition_that_was_observed_comes_after_the_versions(
    tmp_path: Path, seen: Facts, expected: Facts, unjudged: set[str]
) -> None:
    found = expectations(tmp_path, RANGES.partition('[[probe.version]]\nfrom = "3.12.4"')[0] + WHEN)
    assert found.of("hello-order", "CPython 3.12", seen) == expected
    assert found.unjudged("hello-order", seen) == unjudged
    assert found.of("hello-order", "CPython 3.10", seen) is None
    assert found.unjudged("await-twice", seen) == frozenset()


def shipped(runner: str) -> Expectations:
    """The expectations of a shipped runner."""
    return read_expectations(EXPECTATIONS / f"{runner}.toml", PROBES)


@pytest.mark.parametrize(
    ("gil", "threads", "as_it_should"),
    [(True, False, True), (True, True, False), (False, True, True), (False, False, True)],
)
def test_without_the_lock_what_threads_see_is_not_judged(
    gil: bool, threads: bool, as_it_should: bool
) -> None:
    facts: Facts = {
        "processes-saw-flag": True,
        "threads-saw-flag": threads,
        "threads-with-preemption-saw-flag": True,
    }
    seen = observation(
        "python", "parallel-spin-flag", "CPython 3.14.2", facts, {"gil-enabled": gil}
    )
    assert seen.row["as_expected"] is as_it_should
    assert is_finding(seen.row) is not as_it_should


@pytest.mark.parametrize("attribute", [True, False])
def test_with_runtime_async_no_state_machine_is_expected(attribute: bool) -> None:
    facts: Facts = {
        "runtime-async": True,
        "has-attribute": attribute,
        "implements-state-machine": False,
        "nested-in-declaring-type": False,
        "is-struct": False,
        "pending-type": "ThunkTask",
        "completed-is-singleton": False,
    }
    seen = observation("csharp", "state-machine-artifact", ".NET 10.0.12", facts, {})
    assert seen.row["as_expected"] is not attribute
    sentences = ("has-attribute is True, expected was False",)
    assert seen.differences == (sentences if attribute else ())


def observation(
    runner: str, probe: str, runtime: str, facts: Facts, info: dict[str, Any]
) -> Observation:
    """A made-up observation, judged as one that was made."""
    manifest = read_manifest(ROOT / runner)
    offer = Offer(
        manifest=manifest,
        contender=manifest.contenders[0].id,
        start=Start(argv=(), folder=manifest.folder, environment={}),
        expectations=shipped(runner),
        sources=Sources(probes={}, others=()),
    )
    answer = Answer(runtime=runtime, facts=facts, info=info)
    return judged(probe, answer, offer)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"hello-order"', '"hello"', "probe[0].id: must be one of "),
        ("a = 1", "a = 1.5", "probe[0].facts.a: must be a string"),
        ("a = 1", 'a = [1, "x"]', "probe[0].facts.a"),
        ('from = "3.12"', "", "probe[0].version[0].from: a range needs"),
        ('from = "3.12"', 'from = "new"', "‘new’ is not a version"),
        ('before = "3.14"', 'before = "3.2"', "must be later than `from`"),
        ("since", "sinse", "sinse: unknown key"),
        ('observed = { free = true, mode = "x" }', "", "probe[0].when[0].observed: is required"),
        ('{ free = true, mode = "x" }', "{}", "probe[0].when[0].observed: names nothing"),
        ("free = true", "free = 1.5", "probe[0].when[0].observed.free: must be a string"),
        ("d = true", "d = 1.5", "probe[0].when[0].facts.d: must be a string"),
        ('["a"]', "[]", "probe[0].when[0].unjudged: must be a list of strings"),
        (FACTS_OF_WHEN, "", "probe[0].when[0].facts: a condition needs"),
    ],
)
def test_a_mistake_is_named(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert old in RANGES + WHEN
    with pytest.raises(TableError) as error:
        read(tmp_path, (RANGES + WHEN).replace(old, new, 1), "3.12")
    assert said in str(error.value)


@pytest.mark.parametrize("name", ["python", "csharp", "node"])
def test_the_shipped_files_are_valid_and_say_since_when(name: str) -> None:
    found = shipped(name)
    assert found.since is not None
    assert len(found.probes) >= 25


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
    assert differences({"a": True}, {"a": 1})
    assert differences({"a": [1, 2]}, {"a": [2, 1]})
    assert not differences({"a": 1}, {"a": 1})
    nothing_expected = observation("csharp", "no-such-probe", ".NET 10.0.12", {"a": 1}, {})
    assert nothing_expected.row["as_expected"] is None
    assert differences({"a": 1, "b": "x"}, {"b": "y", "c": True}) == [
        "a is 1, of which nothing is expected",
        "b is 'x', expected was 'y'",
        "c was expected to be True and was not seen",
    ]
