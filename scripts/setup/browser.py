"""Chromium and its driver, which the tests of the page need and nothing else does."""

from __future__ import annotations

from scripts.setup import debian
from scripts.setup.errors import SetupError
from scripts.setup.machine import Machine, say

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
DRIVER = "chromedriver"


def provide(machine: Machine) -> None:
    """Install Chromium where that is permitted; it is no failure where it is not."""
    if any(map(machine.find, CHROMIUM)) and machine.find(DRIVER):
        return
    if not machine.is_debian:
        say("Chromium or its driver is missing, so the browser tests will be skipped")
        return
    try:
        debian.install(machine, ["chromium", "chromium-driver"], purpose="for the browser tests")
    except SetupError as failure:
        say(f"the browser tests will be skipped. {failure}")
