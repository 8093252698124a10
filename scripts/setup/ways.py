"""Three ways to make .venv: with uv, with venv and pip, from Debian's packages."""

from __future__ import annotations

import functools
import json
from pathlib import Path
from typing import Callable, Iterator, Sequence

from scripts.setup import debian
from scripts.setup.errors import CommandFailed, SetupError
from scripts.setup.index import Supply, find_supply, pip_environment, uv_environment
from scripts.setup.machine import OLDEST_PYTHON, Machine, say

VENV_PYTHON = ".venv/bin/python"
# A question to an interpreter; a cold import of everything takes seconds on a slow disk.
ASK_S = 120.0
VENV_S = 120.0
# uv may have to fetch a Python first.
UV_VENV_S = 600.0
INSTALL_S = 1200.0
NEWEST_MINOR_LOOKED_FOR = 20
PRINT_VERSION = "import sys; print('%d.%d' % sys.version_info[:2])"

Way = Callable[[Machine], None]


def ways(machine: Machine) -> Sequence[Way]:
    """The ways that are open here, the preferred one first; probes the index once."""
    supply = find_supply(machine.environ)
    found: list[Way] = []
    if supply.is_of_use and machine.find("uv"):
        found.append(functools.partial(with_uv, supply=supply))
    python = _new_enough_python(machine)
    if python is None and not found:
        raise SetupError(
            "awaitbench needs Python {}.{} or newer and none was found: install one and name it "
            "(make PYTHON=/path/to/python3 …), or install uv, which fetches one "
            "by itself.".format(*OLDEST_PYTHON)
        )
    if supply.is_of_use and python is not None:
        found.append(functools.partial(with_pip, supply=supply, python=python))
    if machine.is_debian and _is_new_enough(machine, machine.system_python):
        found.append(from_debian)
    if not found:
        raise SetupError(
            f"the Python index {supply.source.shown} does not answer, and only Debian's packages "
            "could take its place: connect to it, or name one that answers with PIP_INDEX_URL."
        )
    return found


def ask(machine: Machine, question: str) -> list[str]:
    """Put a question of `requirements` to .venv's Python."""
    command = [VENV_PYTHON, "scripts/setup/requirements.py", question]
    answer = machine.run(command, seconds=ASK_S)
    return [str(each) for each in json.loads(answer.splitlines()[-1])]


def with_uv(machine: Machine, *, supply: Supply) -> None:
    """Make .venv with uv, which fetches a Python where none is new enough."""
    say("making .venv with uv")
    python = _new_enough_python(machine)
    wanted = str(python) if python else ">={}.{}".format(*OLDEST_PYTHON)
    environment = uv_environment(machine.environ, supply.source)
    machine.run(
        ["uv", "venv", "--quiet", "--allow-existing", "--python", wanted, ".venv"],
        seconds=UV_VENV_S,
        environment=environment,
    )
    install = ["uv", "pip", "install", "--quiet", "--python", VENV_PYTHON, "--only-binary=:all:"]
    machine.run(
        [*install, *supply.flags, *ask(machine, "all")],
        seconds=INSTALL_S,
        environment=environment,
    )


def with_pip(machine: Machine, *, supply: Supply, python: Path) -> None:
    """Make .venv with `python`, its venv and pip."""
    say(f"making .venv with {python} and pip, a minute or two")
    has_ensurepip = _has_ensurepip(machine, python)
    if not has_ensurepip and not _has_pip(machine, python):
        _install_ensurepip(machine, python)
        has_ensurepip = True
    environment = pip_environment(machine.environ)
    venv = [str(python), "-m", "venv", *([] if has_ensurepip else ["--without-pip"]), ".venv"]
    machine.run(venv, seconds=VENV_S, environment=environment)
    pip = [VENV_PYTHON, "-m", "pip"] if has_ensurepip else _pip_at_work_in(VENV_PYTHON, python)
    # Wheels only: a bare machine has no compiler, and a build would fail late and at length.
    install = ["install", "--quiet", "--progress-bar=off", "--only-binary=:all:"]
    machine.run(
        [*pip, *install, *supply.flags, *ask(machine, "all")],
        seconds=INSTALL_S,
        environment=environment,
    )


def from_debian(machine: Machine) -> None:
    """Make a .venv that sees Debian's packages, and install those that are missing."""
    say("making .venv from Debian's packages")
    # Nothing will be installed into it, so it needs no pip, which a bare Debian could not give.
    sees_all = ["--system-site-packages", "--without-pip"]
    machine.run([str(machine.system_python), "-m", "venv", *sees_all, ".venv"], seconds=VENV_S)
    missing = ask(machine, "unmet")
    if missing:
        packages = [debian.package_for(each) for each in missing]
        debian.install(machine, packages, purpose="awaitbench needs packages of Debian")


def _has_ensurepip(machine: Machine, python: Path) -> bool:
    # Debian's python3 has the module venv, but not the pip that venv puts into what it makes.
    return machine.succeeds([str(python), "-c", "import ensurepip, venv"], seconds=ASK_S)


def _has_pip(machine: Machine, python: Path) -> bool:
    """Whether `python` has a pip that can work in another environment (22.3 or newer)."""
    return machine.succeeds([*_pip_at_work_in(str(python), python), "--version"], seconds=ASK_S)


def _pip_at_work_in(environment: str, python: Path) -> list[str]:
    return [str(python), "-m", "pip", "--python", environment]


def _install_ensurepip(machine: Machine, python: Path) -> None:
    if not machine.is_debian or python.resolve() != machine.system_python.resolve():
        raise CommandFailed(f"{python} -m venv", "lacks ensurepip and pip", "")
    debian.install(machine, ["python3-venv"], purpose="python3 lacks a part of venv")


def _new_enough_python(machine: Machine) -> Path | None:
    """The first interpreter here that is new enough, beginning with the one that runs set-up."""
    return next((each for each in _pythons(machine) if _is_new_enough(machine, each)), None)


def _pythons(machine: Machine) -> Iterator[Path]:
    yield machine.python
    minors = range(NEWEST_MINOR_LOOKED_FOR, OLDEST_PYTHON[1] - 1, -1)
    for name in ["python3", *(f"python3.{minor}" for minor in minors)]:
        path = machine.find(name)
        if path is not None:
            yield Path(path)
    yield machine.system_python


def _is_new_enough(machine: Machine, python: Path) -> bool:
    try:
        version = machine.run([str(python), "-c", PRINT_VERSION], seconds=ASK_S)
        return tuple(int(part) for part in version.strip().split(".")) >= OLDEST_PYTHON
    except (CommandFailed, ValueError):
        return False
