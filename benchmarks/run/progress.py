"""What a person sees while a run measures.

Nothing is drawn while a contender runs: a bar that moves would take time from what is measured.
"""

import sys
import time
from collections import defaultdict
from collections.abc import Sequence
from typing import TextIO

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from results.format import GroupPlan


class TimeLeft:
    """Estimates the time left from the groups measured so far."""

    def __init__(self, groups: Sequence[GroupPlan]) -> None:
        self._ahead = [group["workload"] for group in groups]
        self._spent: dict[str, list[float]] = defaultdict(list)

    def took(self, workload: str, seconds: float) -> None:
        """Note how long a group took."""
        self._spent[workload].append(seconds)
        self._ahead.remove(workload)

    def seconds(self) -> float:
        """Return the estimate; a workload not met yet counts as the mean of the others."""
        if not self._spent:
            return 0.0
        means = {name: sum(times) / len(times) for name, times in self._spent.items()}
        overall = sum(means.values()) / len(means)
        return sum(means.get(name, overall) for name in self._ahead)


def show_seconds(seconds: float) -> str:
    """Return a duration as a person says it."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest:02} s"


class Watcher:
    """Follows a run: keeps the estimate of the time left, and shows nothing."""

    left = TimeLeft(())

    def start(self, groups: Sequence[GroupPlan]) -> None:
        """The groups that are to be measured, in order."""
        self.left = TimeLeft(groups)

    def invocation(self, block: int, workload: str, contender: str) -> None:
        """An invocation is about to start."""

    def left_out(self) -> None:
        """An invocation is left out."""

    def note(self, text: str) -> None:
        """Something happened that a person should know at once."""

    def group_done(self, workload: str, seconds: float) -> None:
        """A group has ended."""
        self.left.took(workload, seconds)

    def finish(self) -> None:
        """The run has ended, in whatever way."""


class Bar(Watcher):
    """One bar, the time left and the current contender, for a terminal."""

    def __init__(self, console: Console) -> None:
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[left]}"),
            console=console,
            auto_refresh=False,
        )
        self._task = self._progress.add_task("starting", left="")

    def start(self, groups: Sequence[GroupPlan]) -> None:
        super().start(groups)
        self._progress.update(self._task, total=sum(len(group["order"]) for group in groups))
        self._progress.start()

    def invocation(self, block: int, workload: str, contender: str) -> None:
        self._progress.update(self._task, description=f"{workload} {contender}")
        self._progress.refresh()
        self._progress.advance(self._task)

    def left_out(self) -> None:
        self._progress.advance(self._task)

    def note(self, text: str) -> None:
        self._progress.console.print(text, markup=False, highlight=False, soft_wrap=True)

    def group_done(self, workload: str, seconds: float) -> None:
        super().group_done(workload, seconds)
        left = f"about {show_seconds(self.left.seconds())} left"
        self._progress.update(self._task, left=left)

    def finish(self) -> None:
        self._progress.refresh()
        self._progress.stop()


class PlainLines(Watcher):
    """A line per block, where there is no terminal."""

    def __init__(self, stream: TextIO, blocks: int) -> None:
        self._stream, self._blocks = stream, blocks
        self._block = -1
        self._started = time.monotonic()

    def invocation(self, block: int, workload: str, contender: str) -> None:
        if block == self._block:
            return
        self._block = block
        left = self.left.seconds()
        ahead = f", about {show_seconds(left)} left" if left else ""
        self.note(f"block {block + 1} of {self._blocks}{ahead}")

    def note(self, text: str) -> None:
        print(text, file=self._stream, flush=True)

    def finish(self) -> None:
        self.note(f"measured for {show_seconds(time.monotonic() - self._started)}")


def watcher(blocks: int) -> Watcher:
    """Return the bar on a terminal, plain lines elsewhere; both on standard error."""
    # rich takes a log for a terminal where FORCE_COLOR is set, which asks for no bar.
    if sys.stderr.isatty() and not (console := Console(stderr=True)).is_dumb_terminal:
        return Bar(console)
    return PlainLines(sys.stderr, blocks)
