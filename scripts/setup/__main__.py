"""Entry of set-up: `python3 -m scripts.setup [--browser]`; see the package for what it does."""

from __future__ import annotations

import argparse
import fcntl
import subprocess
import sys
from pathlib import Path
from typing import Sequence

from scripts.setup import browser, environment
from scripts.setup.errors import CommandFailed, SetupError
from scripts.setup.machine import Machine, say, this_machine
from scripts.setup.ways import VENV_PYTHON

DONE, MISSING, INTERRUPTED = 0, 3, 130
BUILD_S = 1200.0


def main(arguments: Sequence[str]) -> int:
    """Make what is missing and return the exit status."""
    parser = argparse.ArgumentParser(prog="setup", description="Make .venv and build the runners.")
    parser.add_argument("--browser", action="store_true", help="Chromium instead, if permitted")
    options = parser.parse_args(arguments)
    machine = this_machine(Path(__file__).resolve().parents[2], Path(sys.executable))
    try:
        if options.browser:
            browser.provide(machine)
        else:
            _set_up(machine)
    except SetupError as failure:
        print(f"setup: {failure}", file=sys.stderr)
        return MISSING
    except KeyboardInterrupt:
        return INTERRUPTED
    return DONE


def _set_up(machine: Machine) -> None:
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
    command = [VENV_PYTHON, "-m", "runners.build"]
    try:
        subprocess.run(
            command,
            cwd=machine.root,
            env=machine.environ,
            stdin=subprocess.DEVNULL,
            timeout=BUILD_S,
            check=True,
        )
    except subprocess.TimeoutExpired as error:
        raise CommandFailed(" ".join(command), f"took longer than {BUILD_S:.0f} s", "") from error
    except subprocess.CalledProcessError as error:
        raise CommandFailed(
            " ".join(command), f"ended with status {error.returncode}", ""
        ) from error


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
