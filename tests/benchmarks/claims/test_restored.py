"""A restored program differs from its print by what its ledger lists; prints fail as is said."""

import ast
import difflib
import re
import shutil
import subprocess
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest

from runners.discovery import ROOT

PROGRAMS = (
    "python/seed/hello.py",
    "python/seed/coroutine_object.py",
    "python/seed/dummy_loop.py",
    "python/seed/ping.py",
    "csharp/seed/DoWorkAsyncStateMachine.cs",
    "csharp/seed/HttpPingTest.cs",
    "node/seed/ping.cjs",
)
PROJECT = """<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <TargetFramework>net10.0</TargetFramework>
    <ImplicitUsings>enable</ImplicitUsings>
    <NuGetAudit>false</NuGetAudit>
  </PropertyGroup>
  <ItemGroup><Using Include="System.Runtime.CompilerServices" /></ItemGroup>
</Project>
"""


def printed(program: Path) -> Path:
    """Return the file that holds the text as the copy has it."""
    return program.with_suffix(".printed.txt")


def lines(file: Path) -> list[str]:
    """A program's lines without their margins, which restoring moved."""
    return [line.strip() for line in file.read_text("utf-8").splitlines()]


def listed(program: Path) -> Iterator[int]:
    """The lines that the ledger beside a program lists of it."""
    heading = ""
    for line in (program.parent / "README.md").read_text("utf-8").splitlines():
        heading = line if line.startswith("## ") else heading
        cells = [cell.strip() for cell in line.strip("|").split(" | ")]
        if cells[0] == f"`{program.name}`":
            del cells[0]
        elif "`" in cells[0] or (program.suffix == ".cs" and program.name not in heading):
            continue
        if re.fullmatch(r"[\d, ]+", cells[0]):
            yield from map(int, cells[0].split(","))
        elif span := re.fullmatch(r"(\d+)(?:–| to )(\d+)", cells[0]):
            yield from range(int(span[1]), int(span[2]) + 1)


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_program_differs_from_its_print_by_what_the_ledger_lists(name: str) -> None:
    program = ROOT / name
    text, before = lines(program), lines(printed(program))
    changes = difflib.SequenceMatcher(None, before, text, autojunk=False).get_opcodes()
    assert [change for change in changes if change[0] == "delete"] == []
    comments = next(i for i, line in enumerate(text) if not line.startswith(("#", "//")))
    changed = {i for tag, _, _, i1, i2 in changes if tag != "equal" for i in range(i1, i2)}
    said = {line - 1 for line in listed(program)}
    ours = {i for i, line in enumerate(text) if i < comments or not line}
    assert changed - ours == said - ours


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("dotnet") is None, reason="needs the .NET SDK")
@pytest.mark.parametrize(
    ("program", "diagnostics"),
    [("DoWorkAsyncStateMachine", ["CS1605"]), ("HttpPingTest", ["CS1513"] * 4)],
)
def test_csharp_as_printed_does_not_compile(
    tmp_path: Path, program: str, diagnostics: list[str]
) -> None:
    shutil.copy(ROOT / "csharp/seed" / f"{program}.printed.txt", tmp_path / "Printed.cs")
    shutil.copy(ROOT / "csharp/no-packages.config", tmp_path / "nuget.config")
    (tmp_path / "printed.csproj").write_text(PROJECT, "utf-8")
    command = ["dotnet", "build", "--nologo", "--disable-build-servers"]
    done = subprocess.run(
        [*command, "-p:UseSharedCompilation=false"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    errors = set(re.findall(r"[(](\d+,\d+)[)]: error (\w+):", done.stdout))  # each comes twice
    assert [diagnostic for _, diagnostic in sorted(errors)] == diagnostics


@pytest.mark.skipif(shutil.which("node") is None, reason="needs Node.js")
def test_node_as_printed_does_not_parse(tmp_path: Path) -> None:
    program = shutil.copy(ROOT / "node/seed/ping.printed.txt", tmp_path / "ping.cjs")
    done = subprocess.run(
        ["node", "--check", program], capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 1
    assert "SyntaxError" in done.stderr


def test_of_python_as_printed_the_ping_alone_does_not_parse() -> None:
    fails = []
    for name in PROGRAMS:
        if name.endswith(".py"):
            try:
                ast.parse(textwrap.dedent(printed(ROOT / name).read_text("utf-8")))
            except SyntaxError:
                fails.append(name)
    assert fails == ["python/seed/ping.py"]
