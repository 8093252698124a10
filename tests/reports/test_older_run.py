"""A run of the first version is told as it was told then."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from tests.reports.older_run import expected, told, unpacked


@pytest.fixture(scope="module")
def now(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    return told(unpacked(tmp_path_factory.mktemp("older") / "run"))


@pytest.mark.parametrize("report", ["page.txt", "summary.md", "terminal.txt"])
def test_a_report_of_an_older_run_says_what_it_said_then(
    now: Mapping[str, str], report: str
) -> None:
    assert now[report].splitlines() == expected()[report].splitlines()


def test_the_summary_of_an_older_run_is_what_it_was_then(now: Mapping[str, str]) -> None:
    before, after = (json.loads(each["summary.json"]) for each in (expected(), now))
    then, today = dict(_leaves(before)), dict(_leaves(after))
    assert today.keys() == then.keys()
    # Sums of the same numbers differ in their last digits between CPUs.
    assert [key for key in then if today[key] != pytest.approx(then[key], rel=1e-9)] == []


def _leaves(tree: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(tree, (dict, list)):
        for key, branch in tree.items() if isinstance(tree, dict) else enumerate(tree):
            yield from _leaves(branch, f"{path}/{key}")
    else:
        yield path, tree


@pytest.mark.parametrize(
    ("report", "words"),
    [
        ("page.txt", ("fastest", "broke a rule", "Memory of one pending await", "Speed-up")),
        ("summary.md", ("as fast as", "suggests a difference", "equivalent", "no difference")),
    ],
)
def test_the_older_run_has_verdicts_of_every_kind(report: str, words: tuple[str, ...]) -> None:
    assert [word for word in words if word not in expected()[report]] == []
