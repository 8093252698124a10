"""When a run that still measures has its page drawn."""

from pathlib import Path

import pytest

from benchmarks.run import provisional
from benchmarks.run.provisional import ProvisionalPage, is_affordable


class Clock:
    """A clock that tests move, and a page that takes some of its time."""

    def __init__(self, page_s: float, problem: str | None = None) -> None:
        self.now, self.page_s, self.problem = 0.0, page_s, problem
        self.limits: list[float] = []

    def monotonic(self) -> float:
        return self.now

    def draw(self, folder: Path, limit_s: float) -> str | None:
        self.limits.append(limit_s)
        self.now += self.page_s
        return self.problem


def drawn(monkeypatch: pytest.MonkeyPatch, clock: Clock, block_s: float, blocks: int) -> list[int]:
    """Return after which blocks (from 1) a page was drawn in a run of so many equal ones."""
    monkeypatch.setattr(provisional, "time", clock)
    notes: list[str] = []
    page = ProvisionalPage(clock.draw, Path("run"), notes.append)
    found = []
    for block in range(blocks - 1):
        clock.now += block_s
        before = len(clock.limits)
        page.block_done(block, (blocks - 1 - block) * block_s)
        if len(clock.limits) > before:
            found.append(block + 1)
    if clock.problem is not None:
        assert notes == [
            f"The provisional page was not drawn ({clock.problem}); measuring goes on."
        ]
    return found


def test_the_first_page_comes_after_the_third_block(monkeypatch: pytest.MonkeyPatch) -> None:
    assert drawn(monkeypatch, Clock(page_s=4), block_s=90, blocks=8) == [3, 5, 7]


def test_pages_take_two_per_cent_of_the_time_at_most(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock(page_s=7)
    pages = drawn(monkeypatch, clock, block_s=60, blocks=40)
    assert pages[0] == 3 and len(pages) > 3
    assert len(pages) * clock.page_s <= 0.02 * clock.now
    assert max(clock.limits) <= 0.02 * 40 * 60


def test_a_short_run_has_no_time_for_one(monkeypatch: pytest.MonkeyPatch) -> None:
    assert drawn(monkeypatch, Clock(page_s=1), block_s=12, blocks=6) == []
    assert not is_affordable(72) and is_affordable(700)


def test_what_could_not_be_drawn_is_said_once_and_not_tried_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert drawn(monkeypatch, Clock(page_s=1, problem="no font"), block_s=90, blocks=8) == [3]
