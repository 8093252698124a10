"""Draws the page of a run that is still measuring, in a process of its own.

What measures stays as light as it was before the first page, and survives whatever drawing does.
"""

import subprocess
import sys
from pathlib import Path

from results.text import plain
from runners.discovery import ROOT

_LONGEST = 200


def draw(folder: Path, limit_s: float) -> str | None:
    """Draw the page of the run in `folder`; return what went wrong, if anything."""
    command = [sys.executable, "-m", "benchmarks", "report", str(folder), "--format", "html"]
    try:
        done = subprocess.run(
            command,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            timeout=limit_s,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return f"it took over {limit_s:.0f} s"
    except OSError as error:
        return str(error.strerror)
    if done.returncode == 0:
        return None
    said = done.stderr.decode("utf-8", "replace").strip().splitlines()
    return plain(said[-1], _LONGEST) if said else f"status {done.returncode}"
