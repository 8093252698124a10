"""Every program that ships holds to every rule: what a new language is held to, holds here."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from results.errors import BuildError
from runners.build import ensure_built
from runners.discovery import ROOT, discover
from runners.manifest import Manifest
from runners.toolchain import find_toolchain
from scripts.lint import OUT_OF_REACH

pytestmark = [pytest.mark.slow, pytest.mark.deadline(420)]

SHIPPED = discover().manifests


def check(home: Path, *names: str) -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run(
        [sys.executable, "-m", "benchmarks", "check", *names, "--json"],
        cwd=ROOT,
        env={**os.environ, "AWAITBENCH_LOCK": str(home / "lock")},
        stdout=subprocess.PIPE,
        timeout=850,  # the deadline of the test comes before
        check=False,
    )


@pytest.fixture(params=SHIPPED, ids=[manifest.name for manifest in SHIPPED])
def shipped(request: pytest.FixtureRequest) -> Manifest:
    """Each runner whose toolchain is here, and its packages, too; the summary names the others."""
    manifest: Manifest = request.param
    try:
        toolchain = find_toolchain(manifest, {})
    except BuildError as error:
        pytest.skip(f"{manifest.name} was not examined: {error}")
    try:
        ensure_built(manifest, toolchain)
    except BuildError as error:
        if OUT_OF_REACH.search(str(error)):
            pytest.skip(f"{manifest.name} was not examined: its packages could not be fetched")
    return manifest


def test_check_finds_nothing_in_any_shipped_contender(shipped: Manifest, tmp_path: Path) -> None:
    done = check(tmp_path, shipped.name)
    rows = json.loads(done.stdout)
    assert [row for row in rows if row["ok"] is not True] == []
    assert {row["contender"] for row in rows} == {c.id for c in shipped.contenders if c.by_runner}
    assert done.returncode == 0


def test_check_finds_nothing_in_optional_contenders_but_what_is_not_installed(
    shipped: Manifest, tmp_path: Path
) -> None:
    optional = [contender.id for contender in shipped.contenders if not contender.by_runner]
    rows = json.loads(check(tmp_path, *optional).stdout) if optional else []
    broken = [row for row in rows if row["ok"] is False]
    assert [
        row for row in broken if row["rule"] != "M2" or "not available" not in row["seen"]
    ] == []
