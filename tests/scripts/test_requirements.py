"""What pyproject.toml asks for is compared with what is installed."""

import sys
from pathlib import Path

import pytest

from scripts.setup.debian import OPTIONAL, PACKAGES
from scripts.setup.requirements import broken, is_met, name_of, optional, required

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def requirements() -> list[str]:
    """What this project asks for."""
    return required((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def test_a_requirement_is_met_by_a_version_within_its_bounds() -> None:
    assert is_met("pytest>=7.2")
    assert not is_met("pytest>=9999")
    assert not is_met("pytest>=1,<2")
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


def test_all_requirements_of_this_project_are_met(requirements: list[str]) -> None:
    assert {"pandas>=1.5", "pytest>=7.2"} <= set(requirements)
    assert [each for each in requirements if not is_met(each)] == []


def test_debian_has_a_package_for_each_requirement(requirements: list[str]) -> None:
    extras = optional((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    for packages, wanted in ((PACKAGES, requirements), (OPTIONAL, extras)):
        names = {name.removeprefix("python3-") for name in packages}
        assert names == {name_of(each) for each in wanted}


def test_the_oldest_releases_are_named_at_their_lower_bounds(requirements: list[str]) -> None:
    oldest = (ROOT / ".github/oldest.txt").read_text(encoding="utf-8").splitlines()[1:]
    pinned = dict(line.split("==") for line in oldest)
    bounds = dict(each.split(">=") for each in requirements)
    assert pinned.keys() == bounds.keys()
    assert [name for name in bounds if not f"{pinned[name]}.".startswith(f"{bounds[name]}.")] == []
