"""Packages of Debian (and its descendants) by apt-get."""

from __future__ import annotations

import re
from typing import Sequence

from scripts.setup.errors import CommandFailed, NotPermitted
from scripts.setup.machine import Machine, say

INSTALL_S = 900.0
UPDATE_S = 120.0
# Where the name is not `python3-` and that of the distribution.
PACKAGE_NAMES = {"black": "black"}

APT = (
    "apt-get",
    "--quiet",
    # Another apt may be at work, for instance one that an interrupted set-up left behind.
    "-oDPkg::Lock::Timeout=60",
    "-oAcquire::Retries=1",
    "-oAcquire::http::Timeout=20",
    "-oAcquire::https::Timeout=20",
)


def package_for(requirement: str) -> str:
    """The Debian package that provides a requirement of pyproject.toml."""
    name = re.split(r"[^A-Za-z0-9._-]", requirement, maxsplit=1)[0].lower()
    return PACKAGE_NAMES.get(name, f"python3-{name}")


def install(machine: Machine, packages: Sequence[str], *, purpose: str) -> None:
    """Install `packages`; `purpose` opens the sentence that says why.

    Raises NotPermitted, holding the command to type, or CommandFailed.
    """
    become_root = _become_root(machine)
    if become_root is None:
        raise NotPermitted(purpose, _command_to_type(machine, packages))
    say(f"{purpose}: installing {' '.join(packages)}")
    prefix = [*become_root, "env", "DEBIAN_FRONTEND=noninteractive"]
    command = [*APT, "install", "--yes", "--no-install-recommends", *packages]
    try:
        machine.run(_bounded(prefix, command, INSTALL_S), seconds=INSTALL_S + 30)
        return
    except CommandFailed:
        say("apt-get did not find or fetch them at once: fetching its package lists first")
    # A dpkg that was killed in the middle refuses everything until it has finished its work.
    machine.succeeds(
        _bounded(prefix, ["dpkg", "--configure", "-a"], UPDATE_S), seconds=UPDATE_S + 30
    )
    # One list of many that cannot be fetched fails the update, and still ours may be there.
    machine.succeeds(_bounded(prefix, [*APT, "update"], UPDATE_S), seconds=UPDATE_S + 30)
    machine.run(_bounded(prefix, command, INSTALL_S), seconds=INSTALL_S + 30)


def _command_to_type(machine: Machine, packages: Sequence[str]) -> str:
    both = f"apt-get update && apt-get install --no-install-recommends {' '.join(packages)}"
    return f"{'sudo sh' if machine.find('sudo') else 'su'} -c '{both}'"


def _become_root(machine: Machine) -> Sequence[str] | None:
    """What to put before a command that root must run; None where this user may not."""
    if machine.user_id == 0:
        return ()
    if machine.find("sudo") and machine.succeeds(["sudo", "-n", "true"], seconds=10):
        return ("sudo", "-n")
    return None


def _bounded(prefix: Sequence[str], command: Sequence[str], seconds: float) -> list[str]:
    """The command with a deadline that holds under sudo, too, whose child we may not end."""
    return [*prefix, "timeout", "--foreground", "--kill-after=20", f"{seconds:.0f}", *command]
