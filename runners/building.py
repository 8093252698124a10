"""Runs the commands of a build, and finds in their output what a person must read."""

import re
import subprocess
import tempfile
from pathlib import Path
from typing import IO

from results.errors import BuildError
from results.text import plain
from runners import descendants
from runners.environment import build_environment
from runners.manifest import Commands
from runners.toolchain import Substitutions, resolve

BUILD_LIMIT_S = 600.0
_OUTPUT_LINES = 12
_OUTPUT_BYTES = 4 * 1024 * 1024
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
# How compilers, linkers and interpreters begin what is wrong; not options such as -Werror, and
# not the sum of it at the end, by make or by MSBuild.
_ERROR = re.compile(
    r"^(?!make(\[\d+\])?: )(?!\s*\d+ Error\(s\))"
    r".*((?<![-\w])(?i:error|fatal|panicked|undefined|cannot|not found)\b|\w(Error|Exception)\b)"
)


def run_build(commands: Commands, folder: Path, substitutions: Substitutions) -> None:
    """Run each command in `folder`, in turn. Raises BuildError at the first that fails."""
    descendants.become_subreaper()
    for command in commands:
        _run(command, folder, substitutions)


def _run(command: tuple[str, ...], folder: Path, substitutions: Substitutions) -> None:
    shown = plain(" ".join(command), 300)
    known = descendants.children()
    # A file, since a compiler server that inherits a pipe would keep us waiting for its end.
    with tempfile.TemporaryFile() as output:
        try:
            done = subprocess.run(
                resolve(command, substitutions),
                cwd=folder,
                env=build_environment(),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                timeout=BUILD_LIMIT_S,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise BuildError(f"`{shown}` did not end within {BUILD_LIMIT_S:.0f} s") from None
        except OSError as error:
            raise BuildError(f"`{shown}` could not be run: {error.strerror}") from error
        finally:
            descendants.kill_strays(known)  # compiler servers would measure along
        if done.returncode != 0:
            said = "\n".join(["", *_first_errors(output)])
            raise BuildError(f"`{shown}` ended with status {done.returncode}:{said}")


def _first_errors(output: IO[bytes]) -> list[str]:
    """Return the output from its first error on, or from its start where nothing looks like one."""
    output.seek(0)
    text = _COLOUR.sub("", output.read(_OUTPUT_BYTES).decode("utf-8", "replace"))
    lines = [line for line in text.splitlines() if line.strip()]
    start = next((number for number, line in enumerate(lines) if _ERROR.match(line)), 0)
    return [plain(line, 300) for line in lines[start : start + _OUTPUT_LINES]]
