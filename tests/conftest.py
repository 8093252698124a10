"""What all tests share: a clean environment, a deadline each, the repository and a browser."""

import os
import re
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

import pytest
from hypothesis import settings

from tests.chromium import Chromium, find_browser, started
from tests.fixtures import folders, subreaper

__all__ = ["chromium", "folders", "repository", "subreaper"]

ROOT = Path(__file__).resolve().parents[1]
DEADLINE_S = 120
SLOW_DEADLINE_S = 300
MOST_WAITED = 10  # times a deadline may be added to it
# A run on this machine must not keep tests waiting, nor tests a run.
LOCK = Path(tempfile.gettempdir(), f"awaitbench-tests-{os.getpid()}.lock")

# Variables that could change what a program does or how fast; a test that wants one sets it.
# Where a toolchain lies and how its client reaches a registry are not among them.
FOREIGN = re.compile(
    r"""(?ix)
    (http|https|ftp|all|no)_proxy
    | PYTHON(?!DONTWRITEBYTECODE$|UNBUFFERED$).*
    | UV_.* | PIP_.*
    | (DOTNET|COMPlus)_(?!ROOT|CLI_|NOLOGO$|GENERATE_).*
    | NODE_(?!EXTRA_CA_CERTS$).*
    | AWAITBENCH_.* | MPL.* | LC_.* | LANGUAGE | NO_COLOR | FORCE_COLOR | COLUMNS | LINES
    """
)


# Properties are tested however long an example takes: a busy machine is no failure.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")


def pytest_configure() -> None:
    """Scrub what we inherit before any module of ours is imported, and take a lock of our own.

    A shell starts background jobs with Ctrl-C ignored, and nohup all with a closed terminal
    ignored; whoever we start would ignore them, too, and tests send both.
    """
    for name in [name for name in os.environ if FOREIGN.fullmatch(name)]:
        del os.environ[name]
    os.environ["AWAITBENCH_LOCK"] = str(LOCK)
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    for number in (signal.SIGHUP, signal.SIGTERM):
        if signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, lambda *_: None)


def pytest_unconfigure() -> None:
    """Remove our lock."""
    LOCK.unlink(missing_ok=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that take long, so that nobody is left with one of them at the end."""
    marks = ("slow", "deadline")
    long = {item.path for item in items if any(map(item.get_closest_marker, marks))}
    items.sort(key=lambda item: item.path not in long)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Begin the deadline of a test, which its fixtures count against, too."""
    marker = item.get_closest_marker("deadline")
    slow = item.get_closest_marker("slow") is not None
    seconds = marker.args[0] if marker else SLOW_DEADLINE_S if slow else DEADLINE_S
    began_s, granted_s = _waited_for_cpu_s(), 0

    def expire(_signal: int, _frame: FrameType | None) -> None:
        nonlocal granted_s
        waited_s = min(int(_waited_for_cpu_s() - began_s), MOST_WAITED * seconds)
        if waited_s <= granted_s:
            pytest.fail(
                f"took longer than its deadline of {seconds} s, and {granted_s} s of waiting"
            )
        signal.alarm(waited_s - granted_s)
        granted_s = waited_s

    signal.signal(signal.SIGALRM, expire)
    signal.alarm(seconds)


def _waited_for_cpu_s() -> float:
    """For how long, ever, something on this machine was ready and had no CPU; 0 where nothing says.

    That time counts against no deadline: it ends what hangs, not what a busy machine slows.
    Source: Linux, Documentation/accounting/psi.rst.
    """
    try:
        some = Path("/proc/pressure/cpu").read_text().split()
        return int(some[4].removeprefix("total=")) / 1e6
    except (OSError, IndexError, ValueError):
        return 0.0


def pytest_runtest_logfinish() -> None:
    """End the deadline of a test after its fixtures are gone."""
    signal.alarm(0)


@pytest.fixture(scope="session")
def repository() -> Path:
    """The root of the repository."""
    return ROOT


@pytest.fixture(scope="session")
def chromium() -> Iterator[Chromium]:
    """A headless browser, at the size and in the colours of a desktop unless told otherwise."""
    binary = find_browser()
    if binary is None:
        pytest.skip("Chromium and its driver are not installed on this machine.")
    with started(binary) as browser:
        yield browser
