"""Probes whose subject is a whole process run it as a child: this program with a child's name."""

import subprocess
import sys
from collections.abc import Callable
from typing import NamedTuple

Child = Callable[[], None]
CHILDREN: dict[str, Child] = {}
# A child that does what is expected takes 0.1 s here.
LIMIT_S = 2.0


class Ended(NamedTuple):
    """How a child ended: `status` is None for one that had to be stopped."""

    status: int | None
    lines: list[str]
    stderr: str

    @property
    def outcome(self) -> str:
        """Say it in one word."""
        if self.status is None:
            return "hang"
        return "crash" if self.status else "exit-0"


def child(name: str) -> Callable[[Child], Child]:
    """Enter a function as the body of a process of its own."""

    def enter(function: Child) -> Child:
        CHILDREN[name] = function
        return function

    return enter


def run_child(name: str) -> Ended:
    """Run a child to its end, or stop it at the limit."""
    process = subprocess.Popen(
        [sys.executable, "-m", "probes", "child", name],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        out, err = process.communicate(timeout=LIMIT_S)
        return Ended(process.returncode, out.splitlines(), err)
    except subprocess.TimeoutExpired:
        process.kill()
        out, err = process.communicate()
        return Ended(None, out.splitlines(), err)
