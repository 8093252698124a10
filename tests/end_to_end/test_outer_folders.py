"""A build is not changed by what lies in the folders above it, nor by what a shell exports."""

import shutil
from pathlib import Path

import pytest

from runners.build import STAMP, ensure_built
from runners.manifest import read_manifest
from runners.toolchain import find_toolchain

BROKEN = '<Project><Import Project="/missing/file.props" /></Project>'
OUTER = {
    "global.json": '{"sdk": {"version": "3.1.100", "rollForward": "disable"}}',
    **{f"Directory.{name}": BROKEN for name in ("Build.props", "Build.targets", "Packages.props")},
    **{f"Directory.{name}": BROKEN for name in ("Solution.props", "Solution.targets")},
    "Directory.Build.rsp": "-noSuchSwitch",
    "nuget.config": "<configuration><broken",
    ".editorconfig": "[*.cs]\ndotnet_analyzer_diagnostic.severity = error",
    ".globalconfig": "is_global = true\ndotnet_diagnostic.CA2007.severity = error",
}
EXPORTED = {
    "PLATFORM": "linux/amd64",
    "VERSION": "latest",
    "CONFIGURATION": "Debug",
    "OutputPath": "/nowhere",
    "TARGETFRAMEWORK": "net8.0",
    "RUNTIMEIDENTIFIER": "linux-arm",
    "DOTNET_STARTUP_HOOKS": "/missing.dll",
    "MSBuildSDKsPath": "/nowhere",
}


@pytest.mark.slow
@pytest.mark.usefixtures("subreaper")
def test_the_csharp_programs_are_built_below_any_folder_and_from_any_shell(
    tmp_path: Path, repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if shutil.which("dotnet") is None:
        pytest.skip("dotnet is not installed on this machine.")
    outer = tmp_path / "it's an outer folder, größer"
    outer.mkdir()
    for name, text in OUTER.items():
        (outer / name).write_text(text, "utf-8")
    for name, value in EXPORTED.items():
        monkeypatch.setenv(name, value)
    made = shutil.ignore_patterns("out", "bin", "obj", STAMP)
    shutil.copytree(repository / "csharp", outer / "csharp", ignore=made)
    csharp = read_manifest(outer / "csharp")
    assert ensure_built(csharp, find_toolchain(csharp, {}))
    # The next build begins by emptying `out`. What lay elsewhere it would take for current wherever
    # a changed source carries an older time, after a copy, say, or a step of the clock.
    sources, there = (
        {p.name for p in root.iterdir()} for root in (repository / "csharp", outer / "csharp")
    )
    assert there - sources <= {"out", STAMP} and "obj" not in there
