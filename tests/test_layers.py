"""Dependencies point one way, between the rooms and inside them, and what measures stays light.

docs/contributing.md draws the same arrows for people.
"""

import ast
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

# What each room may import of the others.
ROOMS: Mapping[str, Sequence[str]] = {
    "results": (),
    "runners": ("results",),
    "reports": ("results",),
    "benchmarks": ("runners", "results"),
}
COMMAND_LINE = ("benchmarks.__main__", "benchmarks.cli")

# What each part of a room may import of its other parts. A part that is not here is an error, so
# that a new one finds its place.
_WIRE = ("ping", "families")
_DRAWN = ("charts", "drawing", "words", "analysis")
PARTS: Mapping[str, Mapping[str, Sequence[str]]] = {
    "benchmarks": {
        "__main__": ("cli",),
        "test_await": ("run", *_WIRE),
        "cli": ("agreement", "run", "conformance", "claims", "doctor", *_WIRE),
        "agreement": ("run", *_WIRE),
        "run": _WIRE,
        "conformance": _WIRE,
        "claims": _WIRE,
        "doctor": _WIRE,
        "families": ("ping",),
        "ping": (),
    },
    "reports": {
        "publish": ("page", "terminal", "markdown", "png", "card", *_DRAWN),
        "page": _DRAWN,
        "terminal": _DRAWN,
        "markdown": _DRAWN,
        "png": _DRAWN,
        "card": ("drawing", "words", "analysis"),
        "exports": ("words", "analysis"),
        "sessions": ("words", "analysis"),
        "agreement": ("words", "analysis"),
        "history": ("drawing", "words", "analysis"),
        "charts": ("drawing", "words", "analysis"),
        "drawing": ("words",),
        "words": ("analysis",),
        "analysis": (),
    },
}
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


@pytest.mark.parametrize("room", sorted(ROOMS))
def test_a_room_imports_only_what_lies_below_it(room: str) -> None:
    wrong = [
        f"{name} imports {target}"
        for name, tree in modules(room)
        for target in imports(name, tree)
        if is_within(target, [*ROOMS, "scripts", "tests"])
        and not is_within(target, [room, *ROOMS[room]])
        and not (is_within(name, COMMAND_LINE) and is_within(target, ["reports"]))
    ]
    assert wrong == []


@pytest.mark.parametrize("room", sorted(PARTS))
def test_a_part_of_a_room_imports_only_what_lies_below_it(room: str) -> None:
    parts = PARTS[room]
    wrong = []
    for name, tree in modules(room):
        if name == room:  # the room itself only says what it is
            continue
        own = name.split(".")[1]
        assert own in parts, f"{name} has no place among the parts of {room}"
        wrong += [
            f"{name} imports {target}"
            for target in imports(name, tree)
            if is_within(target, [f"{room}.{part}" for part in parts])
            and not is_within(target, [f"{room}.{part}" for part in (own, *parts[own])])
        ]
    assert wrong == []


def test_no_name_of_a_family_stands_outside_its_module() -> None:
    """A family is one module: what names it elsewhere would have to be edited to add another."""
    families = {path.stem.replace("_", "-") for path in _family_modules()}
    wrong = [
        f"{name}: {node.value!r}"
        for room in ROOMS
        for name, tree in modules(room)
        if not is_within(name, ("benchmarks.families", "benchmarks.ping"))
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and node.value in families
    ]
    assert families and wrong == []


def _family_modules() -> list[Path]:
    folder = ROOT / "benchmarks" / "families"
    return [path for path in folder.glob("*.py") if not path.name.startswith("_")]


def test_the_walk_sees_every_form_of_import() -> None:
    tree = ast.parse(
        "import a.b\nfrom c import d\ndef f():\n    from . import e\n    from ..g import h\n"
    )
    assert list(imports("x.y.z", tree)) == ["a.b", "c.d", "x.y.e", "x.g.h"]


@pytest.mark.parametrize("room", ["results", "runners", "benchmarks"])
def test_measuring_loads_no_data_frames_and_no_charts(room: str) -> None:
    names = [name for name, _ in modules(room) if not is_within(name, COMMAND_LINE)]
    script = f"import sys, {', '.join(names)}; print(*sorted(set(sys.modules) & set({HEAVY!r})))"
    loaded = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        timeout=300,
        check=True,
        text=True,
    )
    assert loaded.stdout.split() == []
