"""The shipped runners see what is expected of them, in every probe that they are expected to have."""

import json
from pathlib import Path

import pytest

from benchmarks.claims.catalogue import read_catalogue
from benchmarks.claims.expectations import EXPECTATIONS, read_expectations
from benchmarks.claims.record import FAMILY
from runners.discovery import discover
from runners.toolchain import missing_executables
from tests.fakes.command_line import CommandLine


@pytest.mark.slow
def test_every_observation_is_as_expected_and_none_is_missing(tmp_path: Path) -> None:
    probes = tuple(read_catalogue().probes)
    done = CommandLine(tmp_path).do("semantics", "--json")
    seen = json.loads(done.out)["observations"]
    assert [row for row in seen if not row["as_expected"]] == []
    assert done.status == 0
    due = {
        (manifest.language, probe)
        for manifest in discover().manifests
        if any(FAMILY in contender.families for contender in manifest.contenders)
        and not missing_executables(manifest, {})
        for probe in read_expectations(EXPECTATIONS / f"{manifest.name}.toml", probes).probes
    }
    assert {(row["language"], row["probe"]) for row in seen} == due
