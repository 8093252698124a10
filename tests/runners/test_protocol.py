"""The protocol's lines: read strictly, and nothing but MalformedLine comes of a bad one."""

import json
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.ping.record import PingFormat
from runners.protocol import Job, MalformedLine, is_done, is_time, parse_object, parse_ready


def test_a_job_is_one_line_that_reads_back() -> None:
    params = {"chains": [["127.0.0.1:1"]], "path": "/\u2028\n"}
    line = Job(family="ping", iterations=3, params=params).to_line()
    assert line.endswith(b"\n") and line.count(b"\n") == 1
    assert json.loads(line) == {"family": "ping", "iterations": 3, "params": params}


@pytest.mark.parametrize(
    "line", [b"{}", b' {"a": [1, null, true, "x"]}\r', '{"é": 1}'.encode(), b'{"a":{"a":1}}']
)
def test_an_object_is_read(line: bytes) -> None:
    assert parse_object(line) == json.loads(line)


@pytest.mark.parametrize(
    "line",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"hello", id="no JSON"),
        pytest.param(b'{"a":1', id="cut off"),
        pytest.param(b"{} {}", id="two values"),
        pytest.param(b"[1]", id="list"),
        pytest.param(b"null", id="null"),
        pytest.param(b'"ready"', id="string"),
        pytest.param(b'{"a":NaN}', id="NaN"),
        pytest.param(b'{"a":Infinity}', id="infinity"),
        pytest.param(b'{"a":-Infinity}', id="minus infinity"),
        pytest.param(b'{"a":1,"a":1}', id="repeated key"),
        pytest.param(b'{"b":{"a":1,"a":2}}', id="repeated key inside"),
        pytest.param(b'{"a":"\xff"}', id="not UTF-8"),
        pytest.param(b'\xef\xbb\xbf{"a":1}', id="byte order mark"),
        pytest.param('{"a":1}'.encode("utf-16"), id="UTF-16"),
        pytest.param(b'{"a":' + b"1" * 5000 + b"}", id="endless integer"),
        pytest.param(b'{"a":' + b"[" * 200_000, id="deep nesting"),
        pytest.param(b'{"a":' * 200_000, id="deep objects"),
        pytest.param(b"{'a':1}", id="single quotes"),
        pytest.param(b'{"a":01}', id="leading zero"),
    ],
)
def test_what_is_no_strict_json_object_is_malformed(line: bytes) -> None:
    with pytest.raises(MalformedLine, match="line"):
        parse_object(line)


almost_json = st.text('{}[]":,01eE.-+NaInfy \\u', max_size=40).map(str.encode)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=60) | almost_json)
def test_arbitrary_bytes_raise_nothing_but_malformed_line(line: bytes) -> None:
    try:
        assert isinstance(parse_object(line), dict)
    except MalformedLine:
        pass


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=8,
)


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(["ready", "runtime", "done", "iteration", "start_ns", "end_ns", "pings"]),
        json_values,
    )
)
def test_no_object_raises_anything_but_malformed_line(value: dict[str, object]) -> None:
    def record(value: dict[str, object]) -> None:
        PingFormat(chains=(1, 2)).parse(value)

    for read in (parse_ready, is_done, record):
        try:
            read(value)
        except MalformedLine:
            continue


@pytest.mark.parametrize("below", [2, 20, 100])
def test_a_value_nested_as_deep_as_json_goes_is_only_malformed(below: int) -> None:
    """Showing a value takes as many levels of recursion as reading it did."""
    depth = sys.getrecursionlimit() - below
    while depth > 0:
        nested = b"[" * depth + b"]" * depth
        line = b'{"iteration":0,"start_ns":' + nested + b',"end_ns":1,"pings":[]}'
        try:
            value = parse_object(line)
            break
        except MalformedLine:
            depth -= 10
    with pytest.raises(MalformedLine):
        PingFormat(chains=()).parse(value)


def test_ready_names_the_runtime_and_may_count_its_cpus() -> None:
    assert parse_ready({"ready": 1, "runtime": "x" * 200}) == ("x" * 200, None)
    assert parse_ready({"ready": 1, "runtime": "", "cpus": 2}) == ("", 2)
    assert parse_ready({"ready": 1, "runtime": "", "cpus": None}) == ("", None)


@pytest.mark.parametrize(
    "value",
    [
        {"ready": 1},
        {"ready": 1, "runtime": "x", "more": 1},
        {"ready": 2, "runtime": "x"},
        {"ready": True, "runtime": "x"},
        {"ready": 1.0, "runtime": "x"},
        {"ready": "1", "runtime": "x"},
        {"ready": 1, "runtime": None},
        {"ready": 1, "runtime": "x" * 201},
        {"ready": 1, "runtime": "x", "cpus": 0},
        {"ready": 1, "runtime": "x", "cpus": True},
        {"ready": 1, "runtime": "x", "cpus": 1.5},
        {"ready": 1, "runtime": "x", "cpus": 10**9},
    ],
)
def test_a_ready_that_is_not_the_contracts_is_malformed(value: dict[str, object]) -> None:
    with pytest.raises(MalformedLine):
        parse_ready(value)


def test_done_is_told_from_a_record() -> None:
    assert is_done({"done": True})
    assert not is_done({"iteration": 0})


@pytest.mark.parametrize("value", [{"done": 1}, {"done": False}, {"done": True, "more": 1}])
def test_a_done_that_is_not_the_contracts_is_malformed(value: dict[str, object]) -> None:
    with pytest.raises(MalformedLine):
        is_done(value)


@pytest.mark.parametrize("value", [0, 1, 2**63 - 1])
def test_a_time_is_a_natural_number_below_two_to_the_63(value: object) -> None:
    assert is_time(value)


@pytest.mark.parametrize("value", [-1, 2**63, 1.0, True, False, "1", None, float("nan"), [1]])
def test_nothing_else_is_a_time(value: object) -> None:
    assert not is_time(value)
