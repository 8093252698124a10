"""Families without a network: the checksum that follows from a job, and what a record may hold."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.families import FAMILIES
from benchmarks.families._checksum import Checksum
from runners import cpus
from runners.protocol import MalformedLine, Object

PLAIN = Checksum()
THREE = PLAIN.form({"size": 3, "seed": 1})


def proof_of(name: str) -> Checksum:
    proof = FAMILIES[name].proof
    assert isinstance(proof, Checksum)
    return proof


def folded(size: int, first: int, rounds: int = 0) -> int:
    """The definition, word for word."""
    checksum = 0
    for k in range(size):
        value = (first + k) % 2**32
        for _ in range(rounds):
            value = (1664525 * value + 1013904223) % 2**32
        checksum = (31 * checksum + value) % 2**32
    return checksum


@given(st.integers(0, 200), st.integers(0, 2**32 - 1), st.integers(0, 50))
def test_the_checksum_is_that_of_the_definition(size: int, seed: int, iteration: int) -> None:
    due = folded(size, seed + iteration)
    assert PLAIN.form({"size": size, "seed": seed}).checksum(iteration) == due


@given(st.integers(0, 20), st.integers(0, 2**32 - 1), st.integers(0, 30))
def test_rounds_transform_each_value_before_it_is_folded(size: int, seed: int, rounds: int) -> None:
    family = proof_of("parallel-cpu")
    params = {"size": size, "seed": seed, "rounds": rounds}
    assert family.form(params).checksum(2) == folded(size, seed + 2, rounds)


def test_a_turn_of_the_dummy_loop_delivers_two_values() -> None:
    due = folded(14, 5)
    assert proof_of("dummy-loop").form({"size": 7, "seed": 5}).checksum(0) == due


def record(**changed: Any) -> Object:
    return {"iteration": 0, "start_ns": 10, "end_ns": 30, "checksum": folded(3, 1), **changed}


def test_an_iteration_that_did_its_work_shows_nothing() -> None:
    assert THREE.check_work([THREE.parse(record())]) is None


def test_another_checksum_shows_that_the_work_was_not_done() -> None:
    second = THREE.parse(record(iteration=1, checksum=4))
    problem = THREE.check_work([THREE.parse(record()), second])
    assert problem == f"iteration 1: checksum 4, not {folded(3, 2)}"


@pytest.mark.parametrize(("delay_ns", "problem"), [(20, False), (21, True)])
def test_timers_take_at_least_their_delay(delay_ns: int, problem: bool) -> None:
    params = {"size": 3, "seed": 1, "delay_ns": delay_ns}
    form = proof_of("timers").form(params)
    assert (form.check_work([form.parse(record())]) is not None) == problem


@pytest.mark.parametrize(
    "bad",
    [
        record(checksum=1.0),
        record(checksum=True),
        record(checksum=-1),
        record(checksum="1"),
        record(extra=1),
        {key: value for key, value in record().items() if key != "checksum"},
    ],
)
def test_a_record_of_another_shape_is_malformed(bad: Object) -> None:
    with pytest.raises(MalformedLine):
        THREE.parse(bad)


def test_allocated_bytes_are_an_integer_or_null() -> None:
    form = proof_of("value-task").form({"size": 3, "seed": 1})
    for size in (None, 72):
        with_bytes = record(allocated_bytes=size)
        assert form.parse(with_bytes).as_object() == with_bytes
    for bad in (record(allocated_bytes=7.2), record()):
        with pytest.raises(MalformedLine):
            form.parse(bad)


CANCELLED = proof_of("cancel").form({"size": 3, "seed": 1})


@pytest.mark.parametrize("missing", [None, -1, 7.2, "7"])
def test_the_time_of_cancelling_is_measured_in_every_iteration(missing: object) -> None:
    with pytest.raises(MalformedLine):
        CANCELLED.parse(record(cancel_ns=missing))


@pytest.mark.parametrize(
    ("cancel_ns", "problem"), [(0, None), (20, None), (21, "iteration 0: cancel_ns is 21, over")]
)
def test_cancelling_is_a_part_of_its_iteration(cancel_ns: int, problem: str | None) -> None:
    found = CANCELLED.check_times([CANCELLED.parse(record(cancel_ns=cancel_ns))])
    assert found is problem is None or (found or "").startswith(problem or " ")


def test_all_jobs_of_a_speed_up_have_the_same_workers() -> None:
    params = [workload.params for workload in FAMILIES["parallel-cpu"].workloads]
    assert {each["workers"] for each in params} == {cpus.usable()}
    assert [each["size"] for each in params] == [1, 2 * cpus.usable()]
