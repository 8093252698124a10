"""A run of the first version is told as it was told then."""

from collections.abc import Mapping

import pytest

from tests.reports.older_run import expected, told, unpacked


@pytest.fixture(scope="module")
def now(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    return told(unpacked(tmp_path_factory.mktemp("older") / "run"))


@pytest.mark.parametrize("report", ["page.txt", "summary.md", "summary.json", "terminal.txt"])
def test_a_report_of_an_older_run_says_what_it_said_then(
    now: Mapping[str, str], report: str
) -> None:
    assert now[report].splitlines() == expected()[report].splitlines()


@pytest.mark.parametrize(
    ("report", "words"),
    [
        ("page.txt", ("fastest", "broke a rule", "Memory of one pending await", "Speed-up")),
        ("summary.md", ("as fast as", "suggests a difference", "equivalent", "no difference")),
    ],
)
def test_the_older_run_has_verdicts_of_every_kind(report: str, words: tuple[str, ...]) -> None:
    assert [word for word in words if word not in expected()[report]] == []
