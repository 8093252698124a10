"""The page of a run that is still measuring: drawn between groups, in a small share of the time."""

import time
from collections.abc import Callable
from pathlib import Path

FIRST_BLOCK = 3
_SHARE = 0.02
_GUESS_S = 4.0  # what a page takes, before one was drawn

# Draws the page of a run's folder, within so many seconds; returns what went wrong, if anything.
Draw = Callable[[Path, float], str | None]


def is_affordable(run_s: float) -> bool:
    """Tell whether a run of that many seconds has time for a provisional page."""
    return _GUESS_S <= _SHARE * run_s


class ProvisionalPage:
    """Draws a run's page after a block where there is time for it; never ends a run."""

    def __init__(self, draw: Draw, folder: Path, note: Callable[[str], None]) -> None:
        self._draw, self._folder, self._note = draw, folder, note
        self._started = time.monotonic()
        self._costs: list[float] = []
        self._failed = False

    def block_done(self, block: int, left_s: float) -> None:
        """Draw the page after block `block` (from 0) of a run that goes on for about `left_s`.

        The first one comes out of the whole run's share of time, later ones out of that up to now.
        """
        passed_s = time.monotonic() - self._started
        due = self._costs[-1] if self._costs else _GUESS_S
        share_s = _SHARE * (passed_s if self._costs else passed_s + left_s)
        limit_s = share_s - sum(self._costs)
        if self._failed or block + 1 < FIRST_BLOCK or due > limit_s:
            return
        began = time.monotonic()
        problem = self._draw(self._folder, limit_s)
        self._costs.append(time.monotonic() - began)
        if problem is not None:
            self._failed = True
            self._note(f"The provisional page was not drawn ({problem}); measuring goes on.")
