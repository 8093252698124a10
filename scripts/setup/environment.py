"""`.venv`: whether it is as pyproject.toml wants it, and its making.

`.venv/awaitbench.json` is its mark. It says `unfinished` from before the first package until all
can be imported, so that whatever was cut off in between is made anew by the next call.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil

from scripts.setup.errors import CommandFailed, NotPermitted, SetupError
from scripts.setup.machine import Machine, say
from scripts.setup.ways import ask, ways

MARK = "awaitbench.json"


def ready(machine: Machine) -> bool:
    """Whether .venv is finished, made for this pyproject.toml, and still complete."""
    mark = _read_mark(machine)
    # One without a mark was not made by us; it is adopted as it is, if it has everything.
    finished = mark is None or mark.get("state") == "complete"
    if not finished or not _is_complete(machine):
        return False
    if mark is None or mark.get("pyproject") != _fingerprint(machine):
        _write_mark(machine, "complete")
    return True


def make(machine: Machine) -> None:
    """Make .venv anew by the first way that works; raises SetupError when none does."""
    not_permitted: NotPermitted | None = None
    for way in ways(machine):
        _start_afresh(machine)
        try:
            way(machine)
            _verify(machine)
        except NotPermitted as failure:
            not_permitted = not_permitted or failure
        except CommandFailed as failure:
            say(str(failure))
        else:
            _write_mark(machine, "complete")
            return
    raise not_permitted or SetupError(
        "no way to make .venv worked, as told above; once the reason is out of the way, repeat "
        "what you typed."
    )


def _is_complete(machine: Machine) -> bool:
    try:
        return ask(machine, "unmet") == []
    except (CommandFailed, ValueError, IndexError):
        return False


def _verify(machine: Machine) -> None:
    unmet = ask(machine, "unmet")
    if unmet:
        raise CommandFailed("set-up", "ended, and still these are missing", ", ".join(unmet))
    failed = ask(machine, "broken")
    if failed:
        raise CommandFailed("set-up", "ended, and these cannot be imported", "\n".join(failed))


def _start_afresh(machine: Machine) -> None:
    """Empty .venv and mark it unfinished."""
    folder = machine.root / ".venv"
    if folder.is_symlink() or folder.is_file():
        folder.unlink()
    elif folder.exists():
        if (_read_mark(machine) or {}).get("state") != "unfinished":
            say("the .venv that is here lacks something: making it anew")
        shutil.rmtree(folder)
    folder.mkdir()
    _write_mark(machine, "unfinished")


def _fingerprint(machine: Machine) -> str:
    return hashlib.sha256((machine.root / "pyproject.toml").read_bytes()).hexdigest()


def _read_mark(machine: Machine) -> dict[str, str] | None:
    """The mark of .venv; None where there is none, empty where it cannot be read."""
    try:
        mark = json.loads((machine.root / ".venv" / MARK).read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError):
        return {}
    return mark if isinstance(mark, dict) else {}


def _write_mark(machine: Machine, state: str) -> None:
    path = machine.root / ".venv" / MARK
    draft = path.with_suffix(".new")
    mark = {"state": state, "pyproject": _fingerprint(machine)}
    draft.write_text(json.dumps(mark) + "\n", encoding="utf-8")
    os.replace(draft, path)
