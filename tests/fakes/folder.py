"""Runner folders around the fake programs in `programs/`: a manifest, and the program copied."""

import json
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

PROGRAMS = Path(__file__).parent / "programs"
BASE = "honest.py"
# -S and -E: a fake starts in half the time without site-packages.
PYTHON = ("{python}", "-S", "-E")

Value = object  # what json can write; its strings, numbers and lists are TOML too
Table = Mapping[str, Value]


def fake_name(program: str) -> str:
    """Return the name of the runner made for a program: `too_few` is `too-few`."""
    return program.replace("_", "-")


def module_of(program: str) -> str:
    """Return the file in `programs/` that is a program, or has its class: TooFew for `too_few`."""
    if (PROGRAMS / f"{program}.py").exists():
        return f"{program}.py"
    its_class = re.compile(rf"^class {program.replace('_', '')}\(", re.IGNORECASE | re.MULTILINE)
    (module,) = (path.name for path in PROGRAMS.glob("*.py") if its_class.search(path.read_text()))
    return module


def make_fake(
    parent: Path,
    program: str = "honest",
    *,
    name: str | None = None,
    runner: Table | None = None,
    contender: Table | None = None,
    contenders: tuple[str, ...] = ("ping",),
) -> Path:
    """Make a runner folder in `parent` and return it.

    `runner` and `contender` change keys of the manifest; a value of None leaves the key out.
    """
    name = fake_name(program) if name is None else name
    folder = parent / name
    folder.mkdir(parents=True)
    module = module_of(program)
    for file in {BASE, module}:
        shutil.copyfile(PROGRAMS / file, folder / file)
    contender = {"command": [*PYTHON, module, program], **(contender or {})}
    (folder / "runner.toml").write_text(manifest(name, module, runner or {}, contender, contenders))
    return folder


def manifest(
    name: str, source: str, runner: Table, contender: Table, contenders: tuple[str, ...] = ("ping",)
) -> str:
    """Return the text of a manifest, with the changes asked for."""
    top: Table = {"schema": 1, "name": name, "language": "Fake", **runner}
    text = _lines(top)
    for one in contenders:
        row: dict[str, Value] = {
            "name": one,
            "label": f"{name} {one}",
            "families": ["ping"],
            "tier": "raw",
            "command": [*PYTHON, source],
            "sources": [source],
            **contender,
        }
        text += "\n[[contender]]\n" + _lines(row)
    return text


def _lines(table: Table) -> str:
    return "".join(f"{k} = {_toml(v)}\n" for k, v in table.items() if v is not None)


def _toml(value: Value) -> str:
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{k} = {_toml(v)}" for k, v in value.items()) + " }"
    return json.dumps(value)
