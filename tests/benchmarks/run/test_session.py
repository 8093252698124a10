"""The session: order, repetition, what is stored, and which groups are complete."""

import json
import os

import pytest

from benchmarks.families import Measurement
from benchmarks.run.placement import on_cpus
from benchmarks.run.session import Session, complete_groups
from benchmarks.run.standstill import Pulse
from benchmarks.run.store import RunStore
from results.errors import OriginLostError
from results.format import INVOCATIONS_FILE
from results.line_format import Invocation
from tests.benchmarks.run.lines import line_of
from tests.benchmarks.run.sessions import BROKEN, RECORD, SCHEDULE, Programs, Silent, run, stored


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


def test_what_is_done_is_not_measured_again(store: RunStore) -> None:
    programs, watcher = Programs(), Silent()
    run(store, programs, done=((0, "w"), (1, "v")), watcher=watcher)
    assert programs.done == [("v", "b"), ("v", "a"), ("w", "b"), ("w", "a")]
    assert (watcher.ahead, watcher.ended, watcher.finished) == (2, 2, True)


def test_a_run_that_only_lacks_its_end_measures_nothing_more(store: RunStore) -> None:
    programs, watcher = Programs(), Silent()
    everything = tuple((b, g["workload"]) for b, block in enumerate(SCHEDULE) for g in block)
    run(store, programs, done=everything, watcher=watcher)
    assert (programs.done, watcher.ahead, watcher.finished) == ([], 0, True)


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


@pytest.mark.parametrize(("times", "gone"), [(1, False), (2, True)])
def test_who_ran_out_of_memory_is_started_once_more(
    store: RunStore, times: int, gone: bool
) -> None:
    programs = Programs(lacking=range(times))

    def perform(workload: str, contender: str) -> Measurement:
        measured = programs(workload, contender)
        measured.observation.out_of_memory = measured.observation.lacks is not None
        return measured

    run(store, perform)
    lines = [line for line in store.invocations() if line["contender"] == "a"]
    assert [line["superseded"] for line in lines[:2]] == [True, gone]
    assert ["lacks" in line for line in lines[:2]] == [False, gone]
    given_up = store.run.get("given_up", [])
    assert [(each["workload"], each["contender"]) for each in given_up] == [("w", "a")] * gone
    assert complete_groups(SCHEDULE, store.invocations()) == {
        (block, workload) for block in range(2) for workload in "vw"
    }
