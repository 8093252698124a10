"""A probe's function is found in any of the shipped languages, whole and alone."""

from pathlib import Path

import pytest

from benchmarks.semantics.sources import find_source

SOURCES = {
    "a.py": "x = hello_order()\n\n\n@probe('x')\ndef hello_order(\n    a,\n) -> int:\n    b()\n\n"
    "    return 1\n\n\ndef other():\n    pass\n",
    "a.mjs": "helloOrder();\nexport async function helloOrder() {\n  b();\n}\n\nfunction x() {}\n",
    "A.cs": "class A\n{\n    public static void HelloOrder(Seen seen)\n    {\n        B();\n    }\n\n"
    "    private static void B() {}\n}\n",
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
