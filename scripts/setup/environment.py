"""`.venv`: whether it has what pyproject.toml asks for, and three ways to make it.

`.venv.unfinished` lies beside it from before the first step to after the last, so that the next
call makes anew whatever was cut off in between.
"""

import json
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from scripts.setup import debian
from scripts.setup.machine import CommandFailed, Machine, SetupError, say

PYTHON = ".venv/bin/python"
UNFINISHED = ".venv.unfinished"
# Names the project to .venv's Python. Its presence tells that all imports worked.
MARK = "awaitbench-project.pth"
# Wheels only: a bare machine has no compiler, and a build would fail late and at length.
INSTALL = ("install", "--quiet", "--only-binary=:all:")
# An index that does not answer is given up soon.
IMPATIENT = ("--progress-bar=off", "--disable-pip-version-check", "--timeout=10", "--retries=2")


Install = Callable[[Machine, Sequence[str]], None]


def ready(machine: Machine) -> bool:
    """Whether .venv was finished and has everything; one that somebody else made will do."""
    if (machine.root / UNFINISHED).exists():
        return False
    try:
        # What was imported once is not tried again: that takes seconds.
        return ask(machine, "unmet") == [] and (
            _marks(machine) != [] or ask(machine, "broken") == []
        )
    except (CommandFailed, ValueError, IndexError):
        return False


def make(machine: Machine) -> None:
    """Make .venv anew by the first way that works; raises SetupError when none does."""
    for way, install in ways(machine):
        _start_afresh(machine)
        try:
            way(machine)
            if missing := ask(machine, "unmet") or ask(machine, "broken"):
                raise CommandFailed(f"this .venv lacks {', '.join(missing)}")
            know_project(machine)
        except CommandFailed as failure:
            say(str(failure))
        else:
            _add_optional(machine, install)
            (machine.root / UNFINISHED).unlink()
            return
    raise SetupError("no way to make .venv worked, as shown above; mend one and repeat.")


def _add_optional(machine: Machine, install: Install) -> None:
    """Try to install what optional contenders need; who lacks it is left out of runs."""
    if missing := ask(machine, "optional"):
        try:
            install(machine, missing)
        except SetupError as failure:
            say(f"optional contenders will be left out, without {', '.join(missing)}: {failure}")


def know_project(machine: Machine) -> None:
    """Let .venv's Python import the project from wherever it is started. Raises OSError."""
    if _marks(machine):
        return
    for site in (machine.root / ".venv").glob("lib/python3*/site-packages"):
        # Relative to itself, so that it holds in a folder of any name, and after a move.
        (site / MARK).write_text("../../../..\n", encoding="ascii")


def _marks(machine: Machine) -> list[Path]:
    return list((machine.root / ".venv").glob(f"lib/python3*/site-packages/{MARK}"))


def ways(machine: Machine) -> Iterator[tuple[Callable[[Machine], None], Install]]:
    """The ways that are open here, the preferred one first, and how each installs more later."""
    if machine.find("uv"):
        yield with_uv, install_with_uv
    yield with_pip, install_with_pip
    if machine.is_debian:
        yield from_debian, lambda machine, _: debian.install(machine, debian.OPTIONAL)


def ask(machine: Machine, question: str) -> list[str]:
    """Put a question of `requirements` to .venv's Python."""
    answer = machine.run([PYTHON, "scripts/setup/requirements.py", question])
    return [str(each) for each in json.loads(answer.splitlines()[-1])]


def with_uv(machine: Machine) -> None:
    """Make .venv with uv."""
    say("making .venv with uv")
    machine.run(["uv", "venv", "--quiet", "--python", str(machine.python), ".venv"])
    install_with_uv(machine, ask(machine, "all"))


def install_with_uv(machine: Machine, requirements: Sequence[str]) -> None:
    """Install requirements with uv."""
    machine.run(["uv", "pip", *INSTALL, "--python", PYTHON, *requirements])


def with_pip(machine: Machine) -> None:
    """Make .venv with its own pip."""
    say(f"making .venv with {machine.python} and pip, a minute or two")
    machine.run([str(machine.python), "-m", "venv", ".venv"])
    install_with_pip(machine, ask(machine, "all"))


def install_with_pip(machine: Machine, requirements: Sequence[str]) -> None:
    """Install requirements with the pip of .venv."""
    machine.run([PYTHON, "-m", "pip", *INSTALL, *IMPATIENT, *requirements])


def from_debian(machine: Machine) -> None:
    """Make a .venv that sees Debian's packages, and install those that are missing."""
    say("making .venv from Debian's packages")
    # Nothing will be installed into it, so it needs no pip, which a bare Debian could not give.
    sees_all = ["--system-site-packages", "--without-pip"]
    machine.run([str(machine.debian_python), "-m", "venv", *sees_all, ".venv"])
    if ask(machine, "unmet"):
        debian.install(machine, debian.PACKAGES)


def _start_afresh(machine: Machine) -> None:
    (machine.root / UNFINISHED).touch()
    folder = machine.root / ".venv"
    if folder.is_symlink() or folder.is_file():
        folder.unlink()
    elif folder.exists():
        shutil.rmtree(folder)
