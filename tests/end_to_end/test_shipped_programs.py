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


def test_check_finds_nothing_in_any_shipped_contender(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks", "check", "--json"],
        cwd=ROOT,
        env={**os.environ, "AWAITBENCH_LOCK": str(tmp_path / "lock")},
        stdout=subprocess.PIPE,
        timeout=400,
        check=False,
    )
    rows = json.loads(done.stdout)
    assert [row for row in rows if row["ok"] is not True] == []
    assert {row["contender"] for row in rows} == {
        contender.id
        for manifest in discover().manifests
        if not missing_executables(manifest, {})
        for contender in manifest.contenders
    }
    assert done.returncode == 0
