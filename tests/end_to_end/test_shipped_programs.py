"""Every program that ships holds to every rule: what a new language is held to, holds here."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from runners.discovery import ROOT, discover
from runners.toolchain import missing_executables

pytestmark = [pytest.mark.slow, pytest.mark.deadline(420)]


def check(home: Path, *names: str) -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run(
        [sys.executable, "-m", "benchmarks", "check", *names, "--json"],
        cwd=ROOT,
        env={**os.environ, "AWAITBENCH_LOCK": str(home / "lock")},
        stdout=subprocess.PIPE,
        timeout=850,  # the deadline of the test comes before
        check=False,
    )


def test_check_finds_nothing_in_any_shipped_contender(tmp_path: Path) -> None:
    done = check(tmp_path)
    rows = json.loads(done.stdout)
    assert [row for row in rows if row["ok"] is not True] == []
    assert {row["contender"] for row in rows} == {
        contender.id
        for manifest in discover().manifests
        if not missing_executables(manifest, {})
        for contender in manifest.contenders
        if not contender.optional
    }
    assert done.returncode == 0


def test_check_finds_nothing_in_optional_contenders_but_what_is_not_installed(
    tmp_path: Path,
) -> None:
    contenders = [c for manifest in discover().manifests for c in manifest.contenders]
    optional = [contender.id for contender in contenders if contender.optional]
    rows = json.loads(check(tmp_path, *optional).stdout) if optional else []
    broken = [row for row in rows if row["ok"] is False]
    assert [
        row for row in broken if row["rule"] != "M2" or "not available" not in row["seen"]
    ] == []
