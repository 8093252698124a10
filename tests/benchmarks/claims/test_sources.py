"""A probe's function is found in any of the shipped languages, whole and alone."""

from pathlib import Path

import pytest

from benchmarks.claims.catalogue import read_catalogue
from benchmarks.claims.expectations import EXPECTATIONS, read_expectations
from benchmarks.claims.sources import find_source, without_probes
from runners.discovery import ROOT, discover
from benchmarks.claims.record import FAMILY
from runners.manifest import Contender

SOURCES = {
    "a.py": "x = hello_order()\n\n\n@probe('x')\ndef hello_order(\n    a,\n) -> int:\n    b()\n\n"
    "    return 1\n\n\ndef other():\n    pass\n",
    "a.mjs": "helloOrder();\nexport async function helloOrder() {\n  b();\n}\n\nfunction x() {}\n",
    "A.cs": "class A\n{\n    public static void HelloOrder(Seen seen)\n    {\n        B();\n    }\n\n"
    "    private static void C() {}\n}\n",
}


@pytest.mark.parametrize(
    ("file", "function", "line", "text"),
    [
        ("a.py", "hello_order", 5, "def hello_order(\n    a,\n) -> int:\n    b()\n\n    return 1"),
        ("a.mjs", "helloOrder", 2, "export async function helloOrder() {\n  b();\n}"),
        ("A.cs", "HelloOrder", 3, "public static void HelloOrder(Seen seen)\n{\n    B();\n}"),
    ],
)
def test_a_definition_is_found_whole_and_alone(
    tmp_path: Path, file: str, function: str, line: int, text: str
) -> None:
    (tmp_path / file).write_text(SOURCES[file])
    found = find_source(tmp_path, [file], "hello-order")
    assert found is not None
    assert (found.file, found.function, found.line, found.text) == (file, function, line, text)


def test_a_probe_without_a_function_of_its_name_has_no_source(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("hello_order()\n")
    assert find_source(tmp_path, ["a.py"], "hello-order") is None


def test_a_class_of_its_name_is_found_where_no_function_has_it(tmp_path: Path) -> None:
    text = "static class HelloOrder\n{\n    public static void Run() {}\n}\n"
    (tmp_path / "A.cs").write_text(f"namespace N;\n\n{text}\nclass Other\n{{\n}}\n")
    found = find_source(tmp_path, ["A.cs"], "hello-order")
    assert found is not None
    assert (found.function, found.line, found.text) == ("HelloOrder", 3, text.rstrip())


def test_what_probes_execute_are_the_sources_that_hold_none(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(SOURCES["a.py"])
    (tmp_path / "old.py").write_text("print(1)\n")
    (file,) = without_probes("fake", tmp_path, ["a.py", "old.py"], ["hello-order", "p"])
    assert (file.runner, file.file, file.text) == ("fake", "old.py", "print(1)\n")


def test_every_shipped_language_shows_its_restored_programs_and_their_ledger() -> None:
    probes = tuple(read_catalogue().probes)
    for manifest in discover((), ROOT).manifests:
        for contender in (c for c in manifest.contenders if FAMILY in c.families):
            files = without_probes(manifest.name, manifest.folder, contender.sources, probes)
            shown = {file.file for file in files}
            assert "seed/README.md" in shown
            assert len([name for name in shown if name.startswith("seed/")]) > 1


def test_a_few_lines_that_call_others_are_shown_with_the_whole_file(tmp_path: Path) -> None:
    text = "def hello_order():\n    return greet()\n\n\ndef greet():\n    return 1"
    (tmp_path / "a.py").write_text(text)
    found = find_source(tmp_path, ["a.py"], "hello-order")
    assert found is not None
    assert (found.line, found.text) == (1, text)


def test_a_compilers_directive_does_not_end_a_function(tmp_path: Path) -> None:
    body = "static void HelloOrder()\n{\n#pragma warning disable X\n    A();\n}"
    (tmp_path / "A.cs").write_text(f"{body}\n")
    found = find_source(tmp_path, ["A.cs"], "hello-order")
    assert found is not None and found.text == body


OFFERS = [
    contender
    for manifest in discover().manifests
    if manifest.folder.parent == ROOT
    for contender in manifest.contenders
    if FAMILY in contender.families
]


@pytest.mark.parametrize("contender", OFFERS, ids=[contender.id for contender in OFFERS])
def test_every_probe_of_a_shipped_runner_has_a_source(contender: Contender) -> None:
    due = read_expectations(
        EXPECTATIONS / f"{contender.runner}.toml", tuple(read_catalogue().probes)
    ).probes
    assert due
    folder = ROOT / contender.runner
    assert [p for p in due if find_source(folder, contender.sources, p) is None] == []
