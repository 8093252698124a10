"""Packages of npm that only tests need: a checker of the page, and two runtimes of JavaScript."""

from dataclasses import dataclass
from pathlib import Path

from scripts.setup.machine import Machine, SetupError, say

# No package's own script runs: what is fetched is used as it comes.
FETCH = ("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix")


@dataclass(frozen=True, slots=True, kw_only=True)
class Packages:
    """What the lock file of a folder names; `file` is there once it was fetched."""

    folder: str
    file: str
    without: str

    def path(self, root: Path) -> Path:
        """Where `file` lies in a checkout."""
        return root / self.folder / "node_modules" / self.file


AXE = Packages(
    folder="tests/axe",
    file="axe-core/axe.min.js",
    without="the page's accessibility will not be tested",
)
RUNTIMES = tuple(
    Packages(folder=name, file=f"{name}/package.json", without=f"{name} will not be tested")
    for name in ("bun", "deno")
)


def provide(machine: Machine) -> None:
    """Fetch them where there is npm and its registry; it is no failure where there is not."""
    for packages in (AXE, *RUNTIMES):
        if packages.path(machine.root).exists():
            continue
        try:
            if machine.find("npm") is None:
                raise SetupError("npm is missing.")
            say(f"fetching the packages of {packages.folder}")
            machine.run([*FETCH, packages.folder])
        except SetupError as failure:
            say(f"{packages.without}: {failure}")
