"""What a session measures with in tests: a silent watcher, and programs that break what they are told to."""

from collections.abc import Callable, Collection, Sequence

from benchmarks.families import Measurement
from benchmarks.run.progress import Watcher
from benchmarks.run.session import Session
from benchmarks.run.store import RunStore
from results.format import GroupPlan
from results.line_format import Broken
from runners.findings import Finding
from runners.observation import Observation
from runners.records import IterationRecord
from runners.rules import Rule

SCHEDULE = [
    [GroupPlan(workload="w", order=["a", "b"]), GroupPlan(workload="v", order=["b", "a"])],
    [GroupPlan(workload="v", order=["a", "b"]), GroupPlan(workload="w", order=["b", "a"])],
]
BROKEN = [Broken(rule="W1", seen="x")]


class Silent(Watcher):
    """A watcher that only counts the groups it was told of."""

    def __init__(self) -> None:
        self.ahead = self.ended = self.not_started = 0
        self.notes: list[str] = []
        self.finished = False

    def start(self, groups: Sequence[GroupPlan]) -> None:
        self.ahead = len(groups)

    def invocation(self, block: int, workload: str, contender: str) -> None:
        assert not self.finished

    def left_out(self) -> None:
        self.not_started += 1

    def note(self, text: str) -> None:
        self.notes.append(text)

    def group_done(self, workload: str, seconds: float) -> None:
        self.ended += 1

    def finish(self) -> None:
        self.finished = True


RECORD = IterationRecord(iteration=0, start_ns=10, end_ns=20)


class Programs:
    """Performs invocations by breaking W1 where it was told to, and remembers them.

    Those that never came to be ready are given by `unstarted`, those that missed their limit by
    `late`, and those that said what the machine lacks by `lacking`.
    """

    def __init__(
        self,
        *breaking: int,
        unstarted: Collection[int] = (),
        late: Collection[int] = (),
        lacking: Collection[int] = (),
    ) -> None:
        self.breaking, self.unstarted = {*breaking, *unstarted, *late}, unstarted
        self.late, self.lacking = late, lacking
        self.done: list[tuple[str, str]] = []

    def __call__(self, workload: str, contender: str) -> Measurement:
        bad = len(self.done) in self.breaking
        findings = [Finding(rule=Rule.W1, seen="x")] if bad else []
        seen: Observation[IterationRecord] = Observation(
            lifetime_ns=5 * 10**8,
            startup_ns=None if len(self.done) in self.unstarted else 10**6,
            late=len(self.done) in self.late,
            lacks="no luck" if len(self.done) in self.lacking else None,
            stderr=b"/usr/lib/x/y said\x1b",
        )
        self.done.append((workload, contender))
        seen.records = [RECORD]
        seen.well_formed = not bad
        return Measurement(observation=seen, findings=findings)


def run(
    store: RunStore,
    programs: Callable[[str, str], Measurement],
    *,
    done: tuple[tuple[int, str], ...] = (),
    repeat: bool = True,
    watcher: Watcher | None = None,
) -> Session:
    session = Session(store, programs, watcher or Silent(), repeat=repeat)
    session.run(set(done))
    return session


def stored(store: RunStore) -> list[tuple[int, str, str, int, int, bool]]:
    """Block, workload, contender, position, attempt and whether it broke a rule, per line."""
    return [
        (
            line["block"],
            line["workload"],
            line["contender"],
            line["position"],
            line["attempt"],
            bool(line["broken"]),
        )
        for line in store.invocations()
    ]
