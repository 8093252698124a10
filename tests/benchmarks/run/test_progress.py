"""A bar is for a terminal; a log gets a line per block, however much colour is asked for."""

import os
import pty
import sys
from typing import TextIO

import pytest

from benchmarks.run.progress import Bar, PlainLines, watcher


def test_forced_colour_makes_no_terminal_of_a_log(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    with (tmp_path_factory.mktemp("log") / "log").open("w") as log:
        monkeypatch.setattr(sys, "stderr", log)
        assert isinstance(watcher(6), PlainLines)


@pytest.mark.parametrize(("term", "kind"), [("xterm", Bar), ("dumb", PlainLines)])
def test_a_terminal_that_can_move_its_cursor_gets_a_bar(
    term: str, kind: type, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", term)
    ours, theirs = pty.openpty()
    try:
        terminal: TextIO
        with os.fdopen(theirs, "w") as terminal:
            monkeypatch.setattr(sys, "stderr", terminal)
            assert isinstance(watcher(6), kind)
            monkeypatch.undo()
    finally:
        os.close(ours)
