"""The schedule: drawn from the seed alone, each group adjacent and in random order."""

from collections.abc import Mapping, Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.run.schedule import draw_null_arm, draw_schedule

performers = st.dictionaries(
    st.text("wxyz", min_size=1, max_size=3),
    st.lists(st.text("abc", min_size=1, max_size=3), unique=True, max_size=5),
    max_size=4,
)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 8), performers)
def test_every_block_has_each_group_once_with_all_its_contenders(
    seed: int, blocks: int, contenders: Mapping[str, Sequence[str]]
) -> None:
    schedule = draw_schedule(seed, blocks, contenders, {})
    due = {workload: sorted(ids) for workload, ids in contenders.items() if ids}
    assert len(schedule) == blocks
    for block in schedule:
        assert len(block) == len(due)
        assert {group["workload"]: sorted(group["order"]) for group in block} == due


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**32), performers)
def test_the_seed_alone_decides(seed: int, contenders: Mapping[str, Sequence[str]]) -> None:
    assert draw_schedule(seed, 5, contenders, {}) == draw_schedule(seed, 5, contenders, {})


CONTENDERS = {"survey": tuple("abcdef"), "parallel": tuple("abcdef"), "sequential": tuple("abcdef")}


def test_another_seed_gives_another_schedule() -> None:
    assert draw_schedule(1, 6, CONTENDERS, {}) != draw_schedule(2, 6, CONTENDERS, {})


def test_groups_and_contenders_are_drawn_anew_in_every_block() -> None:
    schedule = draw_schedule(1, 30, CONTENDERS, {})
    assert len({tuple(group["workload"] for group in block) for block in schedule}) == 6
    assert len({tuple(group["order"]) for block in schedule for group in block}) > 60


def test_each_contender_comes_first_sometimes() -> None:
    schedule = draw_schedule(1, 60, CONTENDERS, {})
    assert {group["order"][0] for block in schedule for group in block} == set("abcdef")


def test_the_plan_is_not_the_caller_s_list() -> None:
    ids = ["a", "b", "c", "d"]
    draw_schedule(1, 6, {"survey": ids}, {})
    assert ids == ["a", "b", "c", "d"]


def test_one_contender_a_workload_comes_twice_where_there_is_a_null_arm() -> None:
    null_arm = draw_null_arm(1, {**CONTENDERS, "nobody": ()})
    assert [*null_arm] == [*CONTENDERS] and {*null_arm.values()} <= {*"abcdef"}
    for block in draw_schedule(1, 6, CONTENDERS, null_arm):
        for group in block:
            again = f"{null_arm[group['workload']]}~2"
            assert sorted(group["order"]) == sorted([*"abcdef", again])


def test_the_null_arm_is_drawn_from_the_seed() -> None:
    assert draw_null_arm(1, CONTENDERS) == draw_null_arm(1, CONTENDERS)
    drawn = {tuple(draw_null_arm(seed, CONTENDERS).values()) for seed in range(20)}
    assert len(drawn) > 10
