"""Who is invalid, and why."""

from collections.abc import Sequence
from typing import cast

import pytest

from reports.analysis.validity import InvalidRow, invalid_contenders
from results.line_format import Invocation

PLANNED = {"survey": ["a/x", "b/y"]}


def line(
    workload: str, contender: str, block: int, attempt: int = 0, broken: Sequence[str] = ()
) -> Invocation:
    """What is read of a line."""
    rules = [{"rule": rule, "seen": f"block {block}"} for rule in broken]
    place = {"workload": workload, "contender": contender, "block": block, "attempt": attempt}
    return cast(Invocation, {**place, "superseded": False, "broken": rules})


def outcomes(
    broken: dict[tuple[int, int], tuple[str, ...]], blocks: int = 8, contender: str = "a/x"
) -> list[Invocation]:
    """Invocations of `blocks` blocks, of which those at (block, attempt) broke rules."""
    places = sorted({(block, 0) for block in range(blocks)} | set(broken) | _repeats(broken))
    return [
        line("survey", contender, block, attempt, broken.get((block, attempt), ()))
        for block, attempt in places
    ]


def _repeats(broken: dict[tuple[int, int], tuple[str, ...]]) -> set[tuple[int, int]]:
    return {(block, 1) for block, attempt in broken if attempt == 0}


def found(own: list[Invocation], complete: bool = True) -> list[tuple[str, str]]:
    others = outcomes({}, contender="b/y")
    rules = invalid_contenders(own + others, PLANNED, 8, complete)
    assert all(rule["contender"] == "a/x" for rule in rules)
    return [(rule["rule"], rule["seen"]) for rule in rules]


def test_a_contender_that_breaks_nothing_is_valid() -> None:
    assert found(outcomes({})) == []


def test_one_broken_invocation_whose_repeat_is_clean_leaves_it_valid() -> None:
    assert found(outcomes({(3, 0): ("W3",)})) == []


def test_a_repeat_that_broke_a_rule_makes_it_invalid_with_one_row_per_rule() -> None:
    own = outcomes({(3, 0): ("W3",), (3, 1): ("W3", "P6")})
    assert found(own) == [("W3", "block 3"), ("P6", "block 3")]


def test_rules_broken_in_two_blocks_make_it_invalid_though_the_repeats_were_clean() -> None:
    own = outcomes({(1, 0): ("W3",), (4, 0): ("W1",)})
    assert found(own) == [("W3", "block 1"), ("W1", "block 4")]


def test_fewer_than_six_valid_blocks_make_it_invalid_in_a_complete_run_only() -> None:
    own = outcomes({}, blocks=5)
    assert found(own) == [("blocks", "5 valid blocks of 8, 6 are due")]
    assert found(own, complete=False) == []


@pytest.mark.parametrize("complete", [True, False])
def test_a_broken_repeat_counts_in_a_partial_run_too(complete: bool) -> None:
    assert found(outcomes({(0, 0): ("P1",), (0, 1): ("P1",)}), complete) == [("P1", "block 0")]


def test_validity_is_judged_per_workload() -> None:
    planned = {"survey": ["a/x"], "parallel": ["a/x"]}
    own = outcomes({(1, 0): ("W3",), (1, 1): ("W3",)})
    other = [line("parallel", "a/x", block) for block in range(8)]
    assert invalid_contenders(own + other, planned, 8, True) == [
        InvalidRow(workload="survey", contender="a/x", rule="W3", seen="block 1")
    ]


@pytest.mark.parametrize(("valid", "invalid"), [(5, False), (4, True)])
def test_a_study_of_five_processes_needs_all_of_them(valid: int, invalid: bool) -> None:
    planned = {name: contenders[:1] for name, contenders in PLANNED.items()}
    rules = invalid_contenders(outcomes({}, blocks=valid), planned, 5, True)
    assert bool(rules) is invalid
