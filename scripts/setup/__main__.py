"""Entry of set-up: `python3 -m scripts.setup [--browser]`; see the package for what it does."""

import argparse
import fcntl
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from scripts.setup import debian, environment, npm
from scripts.setup.machine import LIMIT_S, Machine, SetupError, say

DONE, MISSING, INTERRUPTED = 0, 3, 130


def main(arguments: Sequence[str]) -> int:
    """Make what is missing and return the exit status."""
    parser = argparse.ArgumentParser(prog="setup", description="Make .venv and build the runners.")
    parser.add_argument("--browser", action="store_true", help="what only tests need instead")
    options = parser.parse_args(arguments)
    machine = Machine(root=Path(__file__).resolve().parents[2])
    try:
        if options.browser:
            debian.provide_browser(machine)
            npm.provide(machine)
        else:
            _set_up(machine)
    except SetupError as failure:
        print(f"setup: {failure}", file=sys.stderr)
        return MISSING
    except OSError as failure:
        where = f"{failure.filename}: " if failure.filename else ""
        print(
            f"setup: {where}{failure.strerror or failure}; nothing can be made here, so give "
            "yourself the right to write to this folder, or use a clone of your own.",
            file=sys.stderr,
        )
        return MISSING
    except KeyboardInterrupt:
        return INTERRUPTED
    return DONE


def _set_up(machine: Machine) -> None:
    # Where .venv is ready nothing need be written: the disk may be read-only, or the clone
    # somebody else's.
    if environment.ready(machine):
        with suppress(OSError):
            environment.know_project(machine)
    else:
        with (machine.root / "pyproject.toml").open(encoding="utf-8") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                say("waiting for another set-up of this folder to end")
                fcntl.flock(lock, fcntl.LOCK_EX)
            if not environment.ready(machine):
                environment.make(machine)
    _build_runners(machine)


def _build_runners(machine: Machine) -> None:
    """Build what changed; a runner that cannot be built is reported there, and no failure."""
    try:
        subprocess.run(
            [environment.PYTHON, "-m", "runners.build"],
            cwd=machine.root,
            env=machine.environ,
            stdin=subprocess.DEVNULL,
            timeout=LIMIT_S,
            check=True,
        )
    except subprocess.SubprocessError as error:
        raise SetupError(str(error)) from error


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
