"""The session: works through the schedule and stores each invocation as it ends."""

import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from benchmarks.families import Measurement
from benchmarks.run.placement import CpuPlacement
from benchmarks.run.progress import Watcher
from benchmarks.run.standstill import Pulse
from benchmarks.run.store import RunStore
from results.format import Broken, GroupPlan, Invocation
from results.text import plain
from runners.cpus import allowed

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
        self.busy_s = 0.0
        self.wall_s = 0.0

    def run(self, done: set[tuple[int, str]]) -> None:
        """Measure every group of the schedule that is not in `done` (block, workload)."""
        ahead = [
            (block, group)
            for block, groups in enumerate(self.store.run["schedule"])
            for group in groups
            if (block, group["workload"]) not in done
        ]
        started = time.monotonic()
        self.watcher.start([group for _, group in ahead])
        try:
            with self.pulse:
                for block, group in ahead:
                    began = time.monotonic()
                    self._group(block, group)
                    self.watcher.group_done(group["workload"], time.monotonic() - began)
        finally:
            self.wall_s = time.monotonic() - started
            self.watcher.finish()
        self.store.run["status"] = "complete"
        self.store.save()

    def _group(self, block: int, group: GroupPlan) -> None:
        """Measure one group; who broke a rule comes once more, after the others."""
        failed = [
            (position, contender)
            for position, contender in enumerate(group["order"])
            if self._invocation(block, position, group["workload"], contender, attempt=0)
        ]
        if self.repeat:
            for position, contender in failed:
                self._invocation(block, position, group["workload"], contender, attempt=1)

    def _invocation(
        self, block: int, position: int, workload: str, contender: str, *, attempt: int
    ) -> bool:
        """Measure and store one invocation; tell whether it broke a rule.

        Where it broke one while everything stood still, that was the machine's doing: the line is
        kept as superseded, and one more invocation takes its place.
        """
        self.watcher.invocation(block, workload, contender)
        for last in (False, True):
            self.pulse.lost_ns()  # whatever was before does not count
            measured = self.perform(workload, contender)
            lost_ns = self.pulse.lost_ns()
            self.busy_s += measured.observation.lifetime_ns / 1e9
            excused = lost_ns > 0 and bool(measured.findings) and not last
            line = self._line(measured, block, position, workload, contender, attempt)
            line["superseded"] = excused
            if lost_ns:
                line["standstill_ns"] = lost_ns
            self.store.append(line, measured.pings)
            if not excused:
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
        return Invocation(
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


def complete_groups(
    schedule: Sequence[Sequence[GroupPlan]], lines: Sequence[Invocation]
) -> set[tuple[int, str]]:
    """Return the groups (block, workload) of which every invocation, repeats too, is stored."""
    attempts: dict[tuple[int, str, str], dict[int, bool]] = {}
    for line in lines:
        if not line["superseded"]:
            key = (line["block"], line["workload"], line["contender"])
            attempts.setdefault(key, {})[line["attempt"]] = bool(line["broken"])
    return {
        (block, group["workload"])
        for block, groups in enumerate(schedule)
        for group in groups
        if all(_settled(attempts.get((block, group["workload"], c), {})) for c in group["order"])
    }


def _settled(attempts: Mapping[int, bool]) -> bool:
    return 0 in attempts and (not attempts[0] or 1 in attempts)


@contextmanager
def on_cpus(placement: CpuPlacement) -> Iterator[None]:
    """Keep this process, and the origin that it starts, on the harness's CPUs."""
    own = allowed()
    if placement.harness == own:  # nothing to do, and nothing that a sandbox could refuse
        yield
        return
    os.sched_setaffinity(0, placement.harness)
    try:
        yield
    finally:
        os.sched_setaffinity(0, own)
