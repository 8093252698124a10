"""What is seen of one invocation of a program."""

import operator
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Generic

from results.text import plain
from runners.findings import Finding
from runners.records import R
from runners.rules import Rule


@dataclass(slots=True, kw_only=True)
class Observation(Generic[R]):
    """What was seen of one invocation. Times in ns of the monotonic clock; None: not observed.

    `stopped` tells that the program had to be stopped: no `ready`, a missed job limit, a flood,
    or a process that outlived the end of its input. `spoke` tells that it wrote a line before its
    job; one that did not was never there. `records` are the well-formed ones, as they came;
    `well_formed` tells that there were no others. `late` tells that it missed its job's limit,
    `ended` how it ended by itself before all records had come, `lacks` why nothing can be judged: it
    says that this machine lacks something, or its file is gone. `out_of_memory` tells that the kernel
    ended it, or a process of its own, for want of memory. `cpus` is how many CPUs the runtime
    says it has. `lifetime_ns` runs from spawn to exit.
    """

    runtime: str | None = None
    cpus: int | None = None
    startup_ns: int | None = None
    job_ns: int | None = None
    first_record_ns: int | None = None
    cpu_ns: int | None = None
    companion_cpu_ns: int | None = None
    peak_rss_bytes: int | None = None
    exit_status: int | None = None
    records: list[R] = field(default_factory=list)
    well_formed: bool = True
    stopped: bool = False
    spoke: bool = False
    late: bool = False
    ended: str | None = None
    lacks: str | None = None
    out_of_memory: bool = False
    lifetime_ns: int = 0
    findings: list[Finding] = field(default_factory=list)
    stderr: bytes = b""

    def broke(self, rule: Rule, seen: str) -> None:
        """Note a broken rule."""
        self.findings.append(Finding(rule=rule, seen=plain(seen)))


def in_order(records: Iterable[R]) -> list[R]:
    """Return records by their iteration: lines in the wrong order are P3's concern alone."""
    return sorted(records, key=operator.attrgetter("iteration"))
