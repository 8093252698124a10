"""Packages of Debian (and its descendants) by apt-get: as root, else by a command to type."""

from collections.abc import Sequence

from scripts.setup.machine import CommandFailed, Machine, SetupError, say

# What pyproject.toml asks for, by Debian's names.
PACKAGES = (
    "black python3-click python3-httpx python3-hypothesis python3-isort python3-jinja2 "
    "python3-jsonschema python3-matplotlib python3-mypy python3-numpy python3-pandas "
    "python3-psutil python3-pyflakes python3-pygments python3-pytest python3-pytest-benchmark "
    "python3-pytest-cov python3-pytest-xdist python3-rich python3-scipy"
).split()
# What optional contenders need.
OPTIONAL = ("python3-aiohttp", "python3-uvloop")
# What the tests of the page need, and nothing else does.
BROWSER = ("chromium", "chromium-driver")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

# Another apt may be at work, for instance one that an interrupted set-up left behind.
APT = ["apt-get", "--quiet", "-oDPkg::Lock::Timeout=60", "-oAcquire::Retries=1"]
APT += ["-oAcquire::http::Timeout=20", "-oAcquire::https::Timeout=20"]


def install(machine: Machine, packages: Sequence[str]) -> None:
    """Install `packages`. Raises SetupError, with the command to type where only root may."""
    if machine.user_id != 0:
        both = f"apt-get update && apt-get install --no-install-recommends {' '.join(packages)}"
        root = "sudo sh" if machine.find("sudo") else "su"
        raise SetupError(
            f"only root may install packages of Debian, so please type\n\n    {root} -c '{both}'"
            "\n\nand then repeat what you typed before."
        )
    say(f"installing {' '.join(packages)}")
    command = [*APT, "install", "--yes", "--no-install-recommends", *packages]
    try:
        machine.run(command)
    except CommandFailed:
        say("apt-get did not find or fetch them at once: fetching its package lists first")
        # A dpkg that was killed in the middle refuses everything until it has finished its work.
        machine.succeeds(["dpkg", "--configure", "-a"])
        # One list of many that cannot be fetched fails the update, and still ours may be there.
        machine.succeeds([*APT, "update"])
        machine.run(command)


def provide_browser(machine: Machine) -> None:
    """Install Chromium and its driver where that is permitted; it is no failure where it is not."""
    if any(map(machine.find, BROWSERS)) and machine.find("chromedriver"):
        return
    try:
        if not machine.is_debian:
            raise SetupError("Chromium or its driver is missing.")
        install(machine, BROWSER)
    except SetupError as failure:
        say(f"the browser tests will be skipped: {failure}")
