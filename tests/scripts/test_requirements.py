"""What pyproject.toml asks for is compared with what is installed."""

import sys
from pathlib import Path

import pytest

from scripts.setup.debian import package_for
from scripts.setup.requirements import accepts, broken, is_met, module_of, required

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("requirement", "version", "fits"),
    [
        ("a>=1.5", "1.5.3+dfsg", True),
        ("a>=1.5", "1.10", True),
        ("a>=1.5", "1.4.9", False),
        ("a>=1.5", "2.0.0rc1", True),
        ("a>=3.0", "3", True),
        ("a>=23,<24", "23.12.1", True),
        ("a>=23,<24", "24.1", False),
        ("a-b_2>=1", "0.9", False),
        ("a", "0.1", True),
    ],
)
def test_versions_are_compared_as_numbers(requirement: str, version: str, fits: bool) -> None:
    assert accepts(requirement, version) is fits


def test_a_requirement_is_met_by_what_is_installed_only() -> None:
    assert is_met("pytest>=7.2")
    assert not is_met("pytest>=9999")
    assert not is_met("no-such-distribution>=1")


def test_a_module_that_cannot_be_imported_is_named_with_the_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "torn_extension.py").write_text("raise SystemError('built for another release')")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert broken(["pytest>=7", "torn-extension>=1"]) == [
        "torn_extension: SystemError: built for another release"
    ]


def test_all_requirements_of_this_project_can_be_read_and_are_met() -> None:
    requirements = required((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert {"pandas>=1.5", "pytest>=7.2"} <= set(requirements)
    assert [each for each in requirements if not is_met(each)] == []


def test_distributions_have_their_names_in_debian() -> None:
    names = [package_for(each) for each in ("pytest-benchmark>=3.2", "black>=23,<24", "pandas")]
    assert names == ["python3-pytest-benchmark", "black", "python3-pandas"]
    assert module_of("pytest-benchmark>=3.2") == "pytest_benchmark"
