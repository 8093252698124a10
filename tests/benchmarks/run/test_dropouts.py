"""Who is not started again: in a workload, or in the whole run."""


import pytest

from benchmarks.families import Measurement
from benchmarks.run.session import complete_groups
from benchmarks.run.store import RunStore
from results.format import GivenUp
from tests.benchmarks.run.sessions import Programs, Silent, run, stored


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
