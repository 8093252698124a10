"""What is tracked holds good on every machine: no path and no registry of somebody's own."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

MACHINE_PATH = re.compile(r"(?<![\w.~}-])/(?:work|root|home|Users|opt|mnt)/[\w.-]+")
REGISTRY_HOST = re.compile(
    r"\b(?:pypi\.org|pythonhosted\.org|registry\.npmjs\.org|api\.nuget\.org|deb\.debian\.org"
    r"|security\.debian\.org|snapshot\.debian\.org)\b"
)
# The search for these names has to hold them.
HOST_ALLOWED_IN = {"tests/test_tracked.py"}


def tracked() -> list[Path]:
    """Every file that git would commit and that holds text."""
    if not (ROOT / ".git").exists():
        pytest.skip("This is no git checkout, so nothing is tracked.")
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        timeout=300,
        check=True,
        text=True,
    ).stdout
    paths = [ROOT / name for name in listing.split("\0") if name]
    return [path for path in paths if path.is_file() and b"\0" not in path.read_bytes()]


def found(pattern: re.Pattern[str], allowed: frozenset[str]) -> list[str]:
    """Every line of a tracked file that holds the pattern, as `file:line: what`."""
    return [
        f"{path.relative_to(ROOT)}:{number}: {match[0]}"
        for path in tracked()
        if str(path.relative_to(ROOT)) not in allowed
        for number, line in enumerate(path.read_text("utf-8", "replace").splitlines(), 1)
        for match in pattern.finditer(line)
    ]


def test_no_file_names_a_path_of_one_machine() -> None:
    assert found(MACHINE_PATH, frozenset()) == []


def test_no_file_names_the_host_of_a_package_registry() -> None:
    assert found(REGISTRY_HOST, frozenset(HOST_ALLOWED_IN)) == []
