"""The session: order, repetition, what is stored, and which groups are complete."""

import json
import os
from collections.abc import Callable, Collection, Sequence

import pytest

from benchmarks.families import Measurement
from benchmarks.run.placement import on_cpus
from benchmarks.run.progress import Watcher
from benchmarks.run.session import Session, complete_groups
from benchmarks.run.standstill import Pulse
from benchmarks.run.store import OUT_VARIABLE, RunStore
from results.errors import OriginLostError
from results.format import INVOCATIONS_FILE, Broken, GivenUp, GroupPlan, Invocation
from runners.findings import Finding
from runners.observation import Observation
from runners.records import IterationRecord
from runners.rules import Rule
from tests.benchmarks.run.lines import line_of, run_of

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


@pytest.fixture
def store(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> RunStore:
    monkeypatch.setenv(OUT_VARIABLE, str(tmp_path))
    return RunStore.create(run_of("one", SCHEDULE), [])


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


def test_invocations_follow_the_schedule(store: RunStore) -> None:
    programs = Programs()
    session = run(store, programs)
    assert programs.done == [(g["workload"], c) for b in SCHEDULE for g in b for c in g["order"]]
    assert [line[:4] for line in stored(store)] == [
        (b, g["workload"], c, p)
        for b, block in enumerate(SCHEDULE)
        for g in block
        for p, c in enumerate(g["order"])
    ]
    assert session.busy_s == 4.0


def test_a_block_is_told_of_when_it_has_ended_but_for_the_last(store: RunStore) -> None:
    programs, told = Programs(), []
    session = Session(store, programs, Silent(), repeat=True)
    session.block_done = lambda block: told.append((block, len(programs.done)))
    session.run(set())
    assert told == [(0, 4)]


def test_who_broke_a_rule_comes_once_more_after_the_others_of_its_group(store: RunStore) -> None:
    run(store, Programs(0, 2))
    assert stored(store)[:5] == [
        (0, "w", "a", 0, 0, True),
        (0, "w", "b", 1, 0, False),
        (0, "w", "a", 0, 1, True),
        (0, "v", "b", 0, 0, False),
        (0, "v", "a", 1, 0, False),
    ]


class Stopped(Pulse):
    """Says that everything stood still in those invocations, by their number."""

    def __init__(self, *during: int) -> None:
        super().__init__()
        self.during = during
        self.asked = 0

    def lost_ns(self) -> int:
        self.asked += 1
        done, after = divmod(self.asked - 1, 2)  # asked before and after each
        return 15 * 10**9 if after and done in self.during else 0


def run_stopped(store: RunStore, programs: Programs, *during: int) -> list[Invocation]:
    session = Session(store, programs, Silent(), repeat=True)
    session.pulse = Stopped(*during)
    session.run(set())
    return store.invocations()


def test_where_everything_stood_still_the_line_says_so(store: RunStore) -> None:
    lines = run_stopped(store, Programs(), 2)
    assert [line.get("standstill_ns") for line in lines[:4]] == [None, None, 15 * 10**9, None]
    assert not any(line["superseded"] for line in lines)


def test_a_canary_before_each_group_is_on_all_its_lines(store: RunStore) -> None:
    times = iter(range(1, 5))
    session = Session(store, Programs(0), Silent(), repeat=True)
    session.canary = lambda: next(times)
    session.run(set())
    canaries = [(line["workload"], line["canary_ns"]) for line in store.invocations()]
    assert canaries[:6] == [("w", 1)] * 3 + [("v", 2)] * 2 + [("v", 3)]


def test_a_rule_broken_while_everything_stood_still_is_nobodys_fault(store: RunStore) -> None:
    lines = run_stopped(store, Programs(1), 1)
    assert [(line["contender"], line["attempt"], line["superseded"]) for line in lines[:4]] == [
        ("a", 0, False), ("b", 0, True), ("b", 0, False), ("b", 0, False),
    ]  # fmt: skip
    assert lines[3]["workload"] == "v"
    assert len(lines) == len(SCHEDULE) * 4 + 1


def test_who_breaks_the_rule_again_is_at_fault(store: RunStore) -> None:
    lines = run_stopped(store, Programs(0, 1, 4), 0, 1)
    assert [(line["contender"], line["attempt"], line["superseded"]) for line in lines[:4]] == [
        ("a", 0, True), ("a", 0, False), ("b", 0, False), ("a", 1, False),
    ]  # fmt: skip


def test_several_that_broke_a_rule_come_again_in_their_order(store: RunStore) -> None:
    run(store, Programs(0, 1))
    assert [line[2:5] for line in stored(store)[:4]] == [
        ("a", 0, 0), ("b", 1, 0), ("a", 0, 1), ("b", 1, 1),
    ]  # fmt: skip


def test_live_invocations_are_not_repeated(store: RunStore) -> None:
    programs = Programs(*range(4))
    run(store, programs, repeat=False)
    assert len(programs.done) == 8


def left(store: RunStore) -> list[tuple[int, str, str, int]]:
    """Block, workload, contender and attempt, per line."""
    return [(block, w, c, attempt) for block, w, c, _, attempt, _ in stored(store)]


def test_who_is_invalid_in_a_workload_is_not_started_again_there(store: RunStore) -> None:
    watcher = Silent()
    run(store, Programs(0, 2), watcher=watcher)  # a in w, and its repeat
    assert left(store)[3:] == [(0, "v", "b", 0), (0, "v", "a", 0), (1, "v", "a", 0),
                               (1, "v", "b", 0), (1, "w", "b", 0)]  # fmt: skip
    assert RunStore.open(store.folder).run["given_up"] == [
        GivenUp(workload="w", contender="a", block=0, reason="W1, x")
    ]
    assert watcher.notes == ["a is invalid in w (W1, x); it is not started again there."]
    assert watcher.not_started == 1


def test_who_breaks_a_rule_in_a_second_block_is_not_even_repeated(store: RunStore) -> None:
    programs = Programs(0, 8)  # a in w: first in block 0, and last in block 1
    run(store, programs)
    assert left(store)[-2:] == [(1, "w", "b", 0), (1, "w", "a", 0)]
    assert RunStore.open(store.folder).run["given_up"][0]["block"] == 1


def test_who_fails_its_start_twice_is_not_started_again_at_all(store: RunStore) -> None:
    watcher = Silent()
    run(store, Programs(unstarted=(0, 2)), watcher=watcher)
    assert [line[2] for line in left(store)] == ["a", "b", "a", "b", "b", "b"]
    (gone,) = RunStore.open(store.folder).run["given_up"]
    assert (gone["workload"], gone["contender"], gone["block"]) == (None, "a", 0)
    assert watcher.notes[0].startswith("a failed twice alike")


def test_who_misses_its_limit_twice_is_not_started_again_at_all(store: RunStore) -> None:
    watcher = Silent()
    run(store, Programs(late=(0, 2)), watcher=watcher)
    assert [line[2] for line in left(store)] == ["a", "b", "a", "b", "b", "b"]
    (gone,) = RunStore.open(store.folder).run["given_up"]
    assert (gone["workload"], gone["contender"], gone["block"]) == (None, "a", 0)
    assert watcher.notes[0].startswith("a failed twice alike")


def test_who_misses_its_limit_once_and_breaks_another_rule_is_given_up_there_only(
    store: RunStore,
) -> None:
    run(store, Programs(2, late=(0,)))
    (gone,) = RunStore.open(store.folder).run["given_up"]
    assert (gone["workload"], gone["contender"]) == ("w", "a")


def test_who_finds_the_machine_lacking_is_not_judged_and_not_started_there_again(
    store: RunStore,
) -> None:
    watcher = Silent()
    run(store, Programs(lacking=(0,)), watcher=watcher)
    assert [line[1:3] for line in left(store)].count(("w", "a")) == 1
    again = RunStore.open(store.folder)
    assert again.run["given_up"] == [
        GivenUp(workload="w", contender="a", block=0, reason="no luck", lacks=True)
    ]
    assert watcher.notes[0].startswith("a takes no part in w (no luck)")
    everything = {(block, name) for block in (0, 1) for name in "wv"}
    assert complete_groups(again.run["schedule"], again.invocations()) == everything


def test_a_run_in_which_somebody_dropped_out_is_complete(store: RunStore) -> None:
    run(store, Programs(0, 2))
    again = RunStore.open(store.folder)
    everything = {(block, name) for block in (0, 1) for name in "wv"}
    assert complete_groups(again.run["schedule"], again.invocations()) == everything


def test_who_dropped_out_before_the_run_was_cut_off_stays_out(store: RunStore) -> None:
    programs = Programs(0, 2)

    def perform(workload: str, contender: str) -> Measurement:
        if len(programs.done) == 5:
            raise KeyboardInterrupt
        return programs(workload, contender)

    with pytest.raises(KeyboardInterrupt):
        run(store, perform)
    again = RunStore.open(store.folder)
    done = complete_groups(again.run["schedule"], again.invocations())
    assert done == {(0, "w"), (0, "v")}
    rest = Programs()
    run(again, rest, done=tuple(done))
    assert rest.done == [("v", "a"), ("v", "b"), ("w", "b")]
    assert len(RunStore.open(store.folder).run["given_up"]) == 1


def test_what_is_done_is_not_measured_again(store: RunStore) -> None:
    programs, watcher = Programs(), Silent()
    run(store, programs, done=((0, "w"), (1, "v")), watcher=watcher)
    assert programs.done == [("v", "b"), ("v", "a"), ("w", "b"), ("w", "a")]
    assert (watcher.ahead, watcher.ended, watcher.finished) == (2, 2, True)


def test_malformed_records_are_not_stored_and_stderr_only_where_a_rule_broke(
    store: RunStore,
) -> None:
    run(store, Programs(0))
    lines = store.folder / INVOCATIONS_FILE
    bad, good = (json.loads(line) for line in lines.read_text().splitlines()[:2])
    assert (bad["iterations"], bad["broken"]) == ([], BROKEN)
    assert bad["stderr"] == "…/y said\N{REPLACEMENT CHARACTER}"
    assert (good["iterations"], good["broken"], good["stderr"]) == ([RECORD.as_object()], [], None)


@pytest.mark.parametrize("error", [OriginLostError("gone"), KeyboardInterrupt()])
def test_a_run_that_is_cut_off_keeps_what_it_has_and_stays_partial(
    store: RunStore, error: BaseException
) -> None:
    programs, watcher = Programs(), Silent()

    def perform(workload: str, contender: str) -> Measurement:
        if len(programs.done) == 3:
            raise error
        return programs(workload, contender)

    with pytest.raises(type(error)):
        run(store, perform, watcher=watcher)
    assert watcher.finished
    again = RunStore.open(store.folder)
    assert again.run["status"] == "partial"
    assert complete_groups(again.run["schedule"], again.invocations()) == {(0, "w")}


def test_a_group_is_complete_when_every_contender_is_settled() -> None:
    schedule = SCHEDULE[:1]
    a, b = line_of(0, "w", "a"), line_of(0, "w", "b")
    bad, again = line_of(0, "w", "b", broken=BROKEN), line_of(0, "w", "b", attempt=1, broken=BROKEN)
    superseded = line_of(0, "w", "b")
    superseded["superseded"] = True
    assert complete_groups(schedule, []) == set()
    assert complete_groups(schedule, [a]) == set()
    assert complete_groups(schedule, [a, b]) == {(0, "w")}
    assert complete_groups(schedule, [a, bad]) == set()
    assert complete_groups(schedule, [a, bad, again]) == {(0, "w")}
    assert complete_groups(schedule, [a, again]) == set()
    assert complete_groups(schedule, [a, superseded]) == set()
    assert complete_groups(schedule, [a, line_of(1, "w", "b"), line_of(0, "v", "b")]) == set()


def test_superseded_lines_do_not_stand_for_their_repetition() -> None:
    old = line_of(0, "w", "a", broken=BROKEN)
    old["superseded"] = True
    lines = [old, line_of(0, "w", "a"), line_of(0, "w", "b")]
    assert complete_groups(SCHEDULE, lines) == {(0, "w")}


def test_the_harness_keeps_to_its_cpus_while_it_measures() -> None:
    own = os.sched_getaffinity(0)
    one = frozenset({min(own)})
    with on_cpus(one):
        assert os.sched_getaffinity(0) == one
    assert os.sched_getaffinity(0) == own
