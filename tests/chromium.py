"""A headless Chromium for tests of the page, driven by WebDriver over loopback.

    chromium.resize(390, 844)
    chromium.open(run / "report.html")
    assert chromium.evaluate("return document.title") == "…"

No library is used, so that a bare machine needs the browser and its driver only.
"""

import base64
import http.client
import json
import os
import re
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
DRIVER = "chromedriver"
ANSWER_S = 60.0
ARGUMENTS = (
    "--headless=new",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--hide-scrollbars",
    # A page that needs a network must fail here, not only at a reader without one.
    "--host-resolver-rules=MAP * ~NOTFOUND",
)


class BrowserError(Exception):
    """Raised when the driver answers with an error, for instance that of a script."""


class Chromium:
    """One window of a headless browser."""

    def __init__(self, port: int, binary: str) -> None:
        self._port = port
        # Root needs the flag: Chromium's sandbox refuses to start for it.
        arguments = [*ARGUMENTS, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
        capabilities = {
            "browserName": "chrome",
            "goog:chromeOptions": {"binary": binary, "args": arguments},
            "goog:loggingPrefs": {"browser": "ALL"},
        }
        self._session = "/session"
        answer = self._send("POST", "", {"capabilities": {"alwaysMatch": capabilities}})
        self._session = f"/session/{answer['sessionId']}"

    def open(self, page: Path) -> None:
        """Load a file and wait until it is complete."""
        self._send("POST", "/url", {"url": page.resolve().as_uri()})

    def resize(self, width: int, height: int) -> None:
        """Lay the page out for a viewport of that many CSS pixels, as small as a phone's."""
        self.devtools(
            "Emulation.setDeviceMetricsOverride",
            {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False},
        )

    def emulate(self, *, media: str = "screen", **features: str) -> None:
        """Set the medium and its features, `prefers_color_scheme="dark"` for instance."""
        pairs = [{"name": k.replace("_", "-"), "value": v} for k, v in features.items()]
        self.devtools("Emulation.setEmulatedMedia", {"media": media, "features": pairs})

    def evaluate(self, script: str, *arguments: object) -> Any:
        """Run the body of a function in the page and return what it returns, as JSON has it."""
        return self._send("POST", "/execute/sync", {"script": script, "args": [*arguments]})

    def press(self, key: str) -> None:
        """Press and release one key: a character, or a code of WebDriver (Tab is `\\ue004`)."""
        strokes = [{"type": kind, "value": key} for kind in ("keyDown", "keyUp")]
        actions = [{"type": "key", "id": "keyboard", "actions": strokes}]
        self._send("POST", "/actions", {"actions": actions})

    def click(self, selector: str) -> None:
        """Click the first element that matches, as a mouse does: it must be in sight and uncovered."""
        found = self._send("POST", "/element", {"using": "css selector", "value": selector})
        (element,) = found.values()
        self._send("POST", f"/element/{element}/click", {})

    def choose(self, selector: str, option: str) -> None:
        """Choose an option of a `select` by its value."""
        self.click(f'{selector} option[value="{option}"]')

    def screenshot(self) -> bytes:
        """The viewport as PNG."""
        return base64.b64decode(self._send("GET", "/screenshot"))

    def console(self) -> list[str]:
        """What the page wrote to its console since the last call, errors of loading included."""
        return [entry["message"] for entry in self._send("POST", "/se/log", {"type": "browser"})]

    def devtools(self, command: str, parameters: Mapping[str, object]) -> Any:
        """Give a command of the DevTools protocol."""
        return self._send("POST", "/goog/cdp/execute", {"cmd": command, "params": parameters})

    def close(self) -> None:
        """End the browser."""
        self._send("DELETE", "")

    def _send(self, method: str, path: str, body: Mapping[str, object] | None = None) -> Any:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=ANSWER_S)
        try:
            text = None if body is None else json.dumps(body)
            connection.request(
                method, self._session + path, text, {"Content-Type": "application/json"}
            )
            value = json.loads(connection.getresponse().read())["value"]
        finally:
            connection.close()
        if isinstance(value, dict) and "error" in value:
            raise BrowserError(f"{value['error']}: {value.get('message', '')}")
        return value


def find_browser() -> str | None:
    """Path of Chromium, if its driver is here, too."""
    if shutil.which(DRIVER) is None:
        return None
    return next(filter(None, (shutil.which(program) for program in PROGRAMS)), None)


@contextmanager
def started(binary: str) -> Iterator[Chromium]:
    """A browser that lives for the block; nothing of it survives."""
    # A home of its own: neither a person's settings nor an unwritable home has a say.
    with tempfile.TemporaryDirectory(prefix="chromium-", ignore_cleanup_errors=True) as home:
        driver = subprocess.Popen(
            [DRIVER, "--port=0"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "HOME": home, "TMPDIR": home},
            start_new_session=True,
            text=True,
        )
        try:
            browser = Chromium(_port_of(driver), binary)
            try:
                yield browser
            finally:
                browser.close()
        finally:
            os.killpg(driver.pid, signal.SIGKILL)
            driver.communicate()


def _port_of(driver: "subprocess.Popen[str]") -> int:
    """The port that the driver chose, which it says once it listens."""
    assert driver.stdout is not None
    for line in driver.stdout:
        if found := re.search(r"successfully on port (\d+)", line):
            return int(found[1])
    raise BrowserError(f"{DRIVER} ended without listening")
