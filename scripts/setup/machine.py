"""This machine, as far as set-up depends on it, and how set-up runs a command on it."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Mapping, Sequence

from scripts.setup.errors import CommandFailed

OLDEST_PYTHON = (3, 11)
OUTPUT_LINES_SHOWN = 20

# What a person exported for other projects and would lead ours astray.
FOREIGN = frozenset(
    {
        "CONDA_PREFIX",
        "PYTHONHOME",
        "PYTHONPATH",
        "UV_PYTHON",
        "UV_SYSTEM_PYTHON",
        "UV_VENV_CLEAR",
        "VIRTUAL_ENV",
    }
)


@dataclass(frozen=True)
class Machine:
    """Readings that decide how set-up goes; a test makes its own."""

    root: Path
    environ: Mapping[str, str]
    user_id: int
    os_release: str
    python: Path
    system_python: Path = Path("/usr/bin/python3")

    @property
    def is_debian(self) -> bool:
        """Whether packages come by apt-get: Debian or a descendant of it."""
        names = set()
        for line in self.os_release.splitlines():
            key, _, value = line.partition("=")
            if key in ("ID", "ID_LIKE"):
                names.update(value.strip("\"'").split())
        return "debian" in names and self.find("apt-get") is not None

    def find(self, program: str) -> str | None:
        """Path of `program` on this machine's PATH."""
        return shutil.which(program, path=self.environ.get("PATH", os.defpath))

    def run(
        self,
        command: Sequence[str],
        *,
        seconds: float,
        environment: Mapping[str, str] | None = None,
    ) -> str:
        """Run `command` in the repository without a terminal and return its output.

        Raises CommandFailed, with the end of the output, when it fails or takes too long.
        """
        # A file and not a pipe: a grandchild that outlives the command cannot hold us up.
        with tempfile.TemporaryFile() as output:
            try:
                status = subprocess.run(
                    command,
                    cwd=self.root,
                    env=self.environ if environment is None else environment,
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=subprocess.STDOUT,
                    timeout=seconds,
                ).returncode
                reason = f"ended with status {status}"
            except subprocess.TimeoutExpired:
                status, reason = 1, f"took longer than {seconds:.0f} s"
            except OSError as error:
                raise CommandFailed(command[0], f"cannot be started ({error})", "") from error
            output.seek(0)
            text = output.read().decode("utf-8", "replace")
        if status != 0:
            last = text.strip().splitlines()[-OUTPUT_LINES_SHOWN:]
            raise CommandFailed(" ".join(command), reason, "\n".join(last))
        return text

    def succeeds(self, command: Sequence[str], *, seconds: float) -> bool:
        """Whether `command` ends with status 0 in time."""
        try:
            self.run(command, seconds=seconds)
        except CommandFailed:
            return False
        return True


def this_machine(root: Path, python: Path) -> Machine:
    """Read this machine; `root` is the repository, `python` the interpreter that runs set-up."""
    try:
        os_release = Path("/etc/os-release").read_text(encoding="utf-8")
    except OSError:
        os_release = ""
    environ = {key: value for key, value in os.environ.items() if key not in FOREIGN}
    return Machine(
        root=root, environ=environ, user_id=os.geteuid(), os_release=os_release, python=python
    )


def say(text: str) -> None:
    """Print one line of progress at once, also into a pipe."""
    print(f"setup: {text}", flush=True)
