"""Dependencies point one way, and the modules that measure stay light."""

import ast
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("benchmarks", "runners", "reports")
# What a room may import of the others. `benchmarks` sits on top and may import all.
ALLOWED = {
    "runners": ("runners",),
    "reports": ("reports", "results.format"),
}
COMMAND_LINE = ("benchmarks.__main__", "benchmarks.cli")
HEAVY = ("matplotlib", "pandas", "scipy")


def modules(room: str) -> Iterator[tuple[str, ast.Module]]:
    """Every module of a room as (dotted name, syntax tree)."""
    for path in sorted((ROOT / room).rglob("*.py")):
        if "out" in path.relative_to(ROOT).parts:
            continue
        parts = path.relative_to(ROOT).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        yield name, ast.parse(path.read_text(encoding="utf-8"))


def imports(name: str, tree: ast.Module) -> Iterator[str]:
    """The dotted names of everything that a module imports, wherever it does."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = name.split(".")[: -node.level] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            yield from (f"{base}.{alias.name}" for alias in node.names)


def is_within(name: str, parents: Sequence[str]) -> bool:
    """Whether a dotted name is one of `parents` or lies inside one."""
    return any(name == parent or name.startswith(f"{parent}.") for parent in parents)


@pytest.mark.parametrize("room", sorted(ALLOWED))
def test_a_room_imports_only_what_lies_below_it(room: str) -> None:
    wrong = [
        f"{name} imports {target}"
        for name, tree in modules(room)
        for target in imports(name, tree)
        if is_within(target, [*ROOMS, "scripts", "tests"]) and not is_within(target, ALLOWED[room])
    ]
    assert wrong == []


def test_nothing_imports_the_command_line() -> None:
    wrong = [
        f"{name} imports {target}"
        for room in ROOMS
        for name, tree in modules(room)
        for target in imports(name, tree)
        if is_within(target, COMMAND_LINE) and not is_within(name, COMMAND_LINE)
    ]
    assert wrong == []


def test_the_walk_sees_every_form_of_import() -> None:
    tree = ast.parse(
        "import a.b\nfrom c import d\ndef f():\n    from . import e\n    from ..g import h\n"
    )
    assert list(imports("x.y.z", tree)) == ["a.b", "c.d", "x.y.e", "x.g.h"]


@pytest.mark.parametrize("room", ["runners", "benchmarks"])
def test_measuring_loads_no_data_frames_and_no_charts(room: str) -> None:
    names = [
        name
        for name, _ in modules(room)
        if not is_within(name, COMMAND_LINE) and "template" not in name
    ]
    script = f"import sys, {', '.join(names)}; print(*sorted(set(sys.modules) & set({HEAVY!r})))"
    loaded = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        timeout=30,
        check=True,
        text=True,
    )
    assert loaded.stdout.split() == []
