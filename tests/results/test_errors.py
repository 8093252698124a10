"""Errors: one tree with one root, as its docstring draws it."""

import importlib
import pkgutil
import re

import pytest

from results import errors
from results.errors import AwaitbenchError

ROOMS = ("benchmarks", "results", "runners", "reports")


def classes() -> list[type[BaseException]]:
    """Every exception that a module of ours defines."""
    found: list[object] = []
    for room in map(importlib.import_module, ROOMS):
        for module in pkgutil.walk_packages(room.__path__, f"{room.__name__}."):
            if not module.name.endswith("__main__"):
                found += vars(importlib.import_module(module.name)).values()
    ours = (kind for kind in found if isinstance(kind, type) and kind.__module__.startswith(ROOMS))
    return [kind for kind in dict.fromkeys(ours) if issubclass(kind, BaseException)]


def drawn() -> dict[str, str]:
    """The classes in the docstring, each with the one that it hangs from."""
    parents: dict[str, str] = {}
    above: list[str] = []
    for bars, name in re.findall(r"^    ([ │├└─]*)([A-Z]\w+)  ", errors.__doc__ or "", re.M):
        depth = len(bars) // 4
        parents[name] = above[depth - 1] if depth else ""
        above[depth:] = [name]
    return parents


def test_every_error_hangs_from_the_root_as_drawn() -> None:
    found = {kind.__name__: kind.__bases__[0].__name__ for kind in classes()}
    assert found.pop(AwaitbenchError.__name__) == "Exception"
    expected = drawn()
    assert expected.pop(AwaitbenchError.__name__) == ""
    assert found == expected


@pytest.mark.parametrize(
    ("name", "status"), [("UsageError", 2), ("StoppedError", 130), ("MissingError", 3)]
)
def test_what_stands_below_asks_for_the_same_status(name: str, status: int) -> None:
    (branch,) = [kind for kind in classes() if kind.__name__ == name]
    below = [kind for kind in classes() if issubclass(kind, branch)]
    assert {vars(kind).get("exit_status", status) for kind in below} == {status}
