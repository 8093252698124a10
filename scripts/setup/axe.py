"""axe-core, which finds what a screen reader or an eye would stumble on: for tests of the page only."""

from scripts.setup.machine import Machine, SetupError, say

FOLDER = "tests/axe"
FETCHED = "node_modules/axe-core/axe.min.js"
FETCH = ("npm", "--prefix", FOLDER, "ci", "--ignore-scripts", "--no-audit", "--no-fund")


def provide_axe(machine: Machine) -> None:
    """Fetch it with npm where there is npm and its registry; it is no failure where there is not."""
    if (machine.root / FOLDER / FETCHED).exists():
        return
    try:
        if machine.find("npm") is None:
            raise SetupError("npm is missing.")
        say("fetching axe-core")
        machine.run(FETCH)
    except SetupError as failure:
        say(f"the page's accessibility will not be tested: {failure}")
