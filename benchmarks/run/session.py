"""The session: works through the schedule and stores each invocation as it ends."""

import time
from collections.abc import Callable, Sequence
from functools import partial
from itertools import zip_longest

from benchmarks.families import Measurement
from benchmarks.run.given_up import Dropouts
from benchmarks.run.noise import Waits, canary_ns
from benchmarks.run.progress import Watcher
from benchmarks.run.standstill import Pulse
from benchmarks.run.store import RunStore
from results.format import GroupPlan
from results.line_format import Broken, Invocation
from results.text import plain

_STDERR_STORED = 4000

# Performs one invocation of a contender (id) in a workload (name).
Perform = Callable[[str, str], Measurement]


class Session:
    """Measures what the schedule still asks for.

    `busy_s` is the time between spawn and exit of contenders, `wall_s` the whole; their ratio
    tells how much of a run was spent measuring.
    """

    def __init__(
        self, store: RunStore, perform: Perform, watcher: Watcher, *, repeat: bool
    ) -> None:
        self.store, self.perform, self.watcher, self.repeat = store, perform, watcher, repeat
        self.pulse = Pulse()
        self.canary: Callable[[], int] = partial(canary_ns, store.run["placement"]["programs"])
        self.dropouts = Dropouts()
        self.block_done: Callable[[int], None] = lambda block: None  # all but the last one
        self.busy_s = 0.0
        self.wall_s = 0.0
        self._canary_ns: int | None = None

    def run(self, done: set[tuple[int, str]]) -> None:
        """Measure every group of the schedule that is not in `done` (block, workload)."""
        ahead = [
            (block, group)
            for block, groups in enumerate(self.store.run["schedule"])
            for group in groups
            if (block, group["workload"]) not in done
        ]
        for line in self.store.invocations():
            self.dropouts.take(line)
        self.store.run["given_up"] = [*self.dropouts.all]
        started = time.monotonic()
        self.watcher.start([group for _, group in ahead])
        try:
            with self.pulse:
                for (block, group), following in zip_longest(ahead, ahead[1:]):
                    began = time.monotonic()
                    self._group(block, group)
                    self.watcher.group_done(group["workload"], time.monotonic() - began)
                    if following is not None and following[0] != block:
                        self.block_done(block)
        finally:
            self.wall_s = time.monotonic() - started
            self.watcher.finish()

    def _group(self, block: int, group: GroupPlan) -> None:
        """Measure one group; a contender that broke a rule is measured once more, after the others.

        One that has dropped out of the workload is not measured.
        """
        workload = group["workload"]
        self._canary_ns = self.canary()
        failed = []
        for position, contender in enumerate(group["order"]):
            if self.dropouts.has(workload, contender):
                self.watcher.left_out()
            elif self._invocation(block, position, workload, contender, attempt=0):
                failed.append((position, contender))
        for position, contender in failed if self.repeat else ():
            if not self.dropouts.has(workload, contender):
                self._invocation(block, position, workload, contender, attempt=1)

    def _take(self, line: Invocation) -> None:
        """Find out whether the line's contender drops out; say and record it."""
        if (gone := self.dropouts.take(line)) is None:
            return
        self.store.run["given_up"] = [*self.dropouts.all]
        self.store.save()
        what, where = f"is invalid in {gone['workload']}", "there"
        if gone.get("lacks"):
            what = f"takes no part in {gone['workload']}"
        elif gone["workload"] is None:
            what, where = "failed twice alike", "in this run"
        self.watcher.note(
            f"{gone['contender']} {what} ({gone['reason']}); it is not started again {where}."
        )

    def _invocation(
        self, block: int, position: int, workload: str, contender: str, *, attempt: int
    ) -> bool:
        """Measure and store one invocation; tell whether it broke a rule.

        Where it broke one while everything stood still, or memory ran out, that was the machine's
        doing: the line is kept as superseded, and one more invocation takes its place.
        """
        self.watcher.invocation(block, workload, contender)
        for last in (False, True):
            self.pulse.lost_ns()  # whatever was before does not count
            before = Waits.now()
            measured = self.perform(workload, contender)
            pressure = before.shares_until(Waits.now())
            lost_ns = self.pulse.lost_ns()
            self.busy_s += measured.observation.lifetime_ns / 1e9
            blameless = lost_ns > 0 and bool(measured.findings)
            excused = not last and (blameless or measured.observation.out_of_memory)
            line = self._line(measured, block, position, workload, contender, attempt)
            line["canary_ns"], line["pressure"] = self._canary_ns, pressure
            line["superseded"] = excused or "lacks" in line
            if lost_ns:
                line["standstill_ns"] = lost_ns
            if excused:
                line.pop("lacks", None)
            self.store.append(line, measured.pings)
            if not excused:
                self._take(line)
                break
        return bool(measured.findings)

    @staticmethod
    def _line(
        measured: Measurement,
        block: int,
        position: int,
        workload: str,
        contender: str,
        attempt: int,
    ) -> Invocation:
        seen = measured.observation
        broken = [Broken(rule=f.rule, seen=f.seen) for f in measured.findings]
        stderr = plain(seen.stderr.decode("utf-8", "replace")[-_STDERR_STORED:], _STDERR_STORED)
        line = Invocation(
            block=block,
            position=position,
            attempt=attempt,
            superseded=False,
            workload=workload,
            contender=contender,
            runtime=seen.runtime,
            startup_ns=seen.startup_ns,
            cpu_ns=seen.cpu_ns,
            peak_rss_bytes=seen.peak_rss_bytes,
            exit_status=seen.exit_status,
            broken=broken,
            job=measured.job,
            iterations=[r.as_object() for r in seen.records] if seen.well_formed else [],
            origin=measured.origin,
            pings=None,
            stderr=stderr if broken else None,
            canary_ns=None,
            pressure=None,
        )
        if seen.late:
            line["late"] = True
        if seen.lacks is not None:
            line["lacks"] = seen.lacks
        if seen.cpus is not None:
            line["cpus"] = seen.cpus
        return line


def complete_groups(
    schedule: Sequence[Sequence[GroupPlan]], lines: Sequence[Invocation]
) -> set[tuple[int, str]]:
    """Return the groups (block, workload) of which every invocation, repeats too, is stored.

    Those of contenders that had dropped out by then were never due.
    """
    standing: dict[tuple[int, str], list[Invocation]] = {}
    for line in lines:
        if not line["superseded"] or "lacks" in line:
            standing.setdefault((line["block"], line["workload"]), []).append(line)
    dropouts, complete = Dropouts(), set()
    for block, groups in enumerate(schedule):
        for group in groups:
            workload, own = group["workload"], standing.get((block, group["workload"]), [])
            due = {c for c in group["order"] if not dropouts.has(workload, c)}
            for line in sorted(own, key=lambda line: line["attempt"]):
                dropouts.take(line)
            settled = {c for c in due if not dropouts.has(workload, c)}
            if all(_settled(own, c, repeated=c in settled) for c in due):
                complete.add((block, workload))
    return complete


def _settled(own: Sequence[Invocation], contender: str, *, repeated: bool) -> bool:
    """Tell whether a contender has all its lines in a group, `repeated` where it broke a rule."""
    attempts = {l["attempt"]: bool(l["broken"]) for l in own if l["contender"] == contender}
    return 0 in attempts and (not repeated or not attempts[0] or 1 in attempts)
