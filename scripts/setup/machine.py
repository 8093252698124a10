"""This machine, as far as set-up depends on it, and how set-up runs a command on it."""

import os
import shutil
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from runners.environment import own_environment

LIMIT_S = 1200.0
LAST_LINES = 3


class SetupError(Exception):
    """Raised when something is missing on this machine; the text says what and what to do."""


class CommandFailed(SetupError):
    """Raised when a command failed or took too long; the text holds the end of its output."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """Readings that decide how set-up goes; a test makes its own."""

    root: Path
    environ: Mapping[str, str] = field(default_factory=own_environment)
    user_id: int = field(default_factory=os.geteuid)
    is_debian: bool = Path("/etc/debian_version").exists()  # or a descendant of it
    python: Path = Path(sys.executable)
    debian_python: Path = Path("/usr/bin/python3")

    def find(self, program: str) -> str | None:
        """Path of `program` on this machine's PATH."""
        return shutil.which(program, path=self.environ.get("PATH", os.defpath))

    def run(self, command: Sequence[str], *, seconds: float = LIMIT_S) -> str:
        """Run `command` in the repository without a terminal and return its output.

        Raises CommandFailed when it fails or takes too long.
        """
        # A file and not a pipe: a grandchild that outlives the command cannot hold us up.
        with tempfile.TemporaryFile() as output:
            try:
                status = subprocess.run(
                    command,
                    cwd=self.root,
                    env=self.environ,
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=subprocess.STDOUT,
                    timeout=seconds,
                ).returncode
                reason = f"ended with status {status}"
            except subprocess.TimeoutExpired:
                status, reason = 1, f"took longer than {seconds:.0f} s"
            except OSError as error:
                status, reason = 1, f"cannot be started ({error})"
            output.seek(0)
            text = output.read().decode("utf-8", "replace")
        if status != 0:
            end = "\n".join(text.strip().splitlines()[-LAST_LINES:])
            words = textwrap.shorten(" ".join(command), 72, placeholder=" …")
            raise CommandFailed(f"`{words}` {reason}" + (f":\n{end}" if end else "."))
        return text

    def succeeds(self, command: Sequence[str]) -> bool:
        """Whether `command` ends with status 0."""
        try:
            self.run(command)
        except CommandFailed:
            return False
        return True


def say(text: str) -> None:
    """Print one line of progress at once, also into a pipe."""
    print(f"setup: {text}", flush=True)
