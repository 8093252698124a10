"""Family ping's records: any well-formed one passes, and every single change of one fails."""

import copy
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.ping.record import PingFormat, PingRecord
from results.failures import WORDS, status_of
from results.pings import NOTHING
from runners.protocol import MalformedLine, Object

Params = dict[str, list[list[str]]]


def format_of(params: Params) -> PingFormat:
    return PingFormat(chains=tuple(map(len, params["chains"])))


def parse(record: Object, params: Params) -> PingRecord:
    return format_of(params).parse(record)


def ping_of(draw: st.DrawFn, earliest: int) -> list[int | str | None]:
    steps = st.integers(0, 10**6)
    start = earliest + draw(steps)
    connect = start + draw(steps)
    head = connect + draw(steps)
    end = head + draw(steps)
    seen = connect if draw(st.booleans()) else None
    if draw(st.booleans()):
        return [start, seen, head, end, draw(st.integers(100, 599))]
    return [start, seen, None, end, draw(st.sampled_from([*WORDS.values()]))]


@st.composite
def exchanges(draw: st.DrawFn) -> tuple[Params, Object]:
    """A job's chains, and a record that keeps the contract."""
    lengths = draw(st.lists(st.integers(1, 3), min_size=1, max_size=3))
    pings, last = [], 0
    for length in lengths:
        chain, earliest = [], 0
        for _ in range(length):
            ping = ping_of(draw, earliest)
            assert isinstance(ping[3], int)
            earliest = ping[3]
            chain.append(ping)
        last = max(last, earliest)
        pings.append(chain)
    start = draw(st.integers(0, 2**62))
    record: Object = {
        "iteration": draw(st.integers(0, 2**63 - 1)),
        "start_ns": start,
        "end_ns": start + last + draw(st.integers(0, 1000)),
        "pings": pings,
    }
    chains = [[f"s{i}"] * length for i, length in enumerate(lengths)]
    return {"chains": chains}, record


@settings(max_examples=60, deadline=None)
@given(exchanges())
def test_a_record_that_keeps_the_contract_passes(exchange: tuple[Params, Object]) -> None:
    params, record = exchange
    parsed = parse(record, params)
    pings = [ping for chain in record["pings"] for ping in chain]
    assert [
        [None if t == NOTHING else t for t in ping[:4]] for ping in parsed.columns.T.tolist()
    ] == [ping[:4] for ping in pings]
    assert [status_of(code) for code in parsed.columns[4].tolist()] == [ping[4] for ping in pings]
    assert format_of(params).check_times([parsed]) is None


# No value of these is a time, a status or a failure's word.
WRONG_TIMES = (-1, 2**63, 1.0, True, "1", [1], float("nan"))
WRONG_STATUSES: tuple[object, ...] = (99, 600, 200.0, True, None, "ok", "200", [], {})


@settings(max_examples=100, deadline=None)
@given(exchanges(), st.data())
def test_one_wrong_value_makes_a_record_malformed(
    exchange: tuple[Params, Object], data: st.DataObject
) -> None:
    params, record = copy.deepcopy(exchange)
    chain = data.draw(st.sampled_from(record["pings"]))
    ping = data.draw(st.sampled_from(chain))
    place = data.draw(st.sampled_from([*range(5), "iteration", "start_ns", "end_ns"]))
    if isinstance(place, str):
        record[place] = data.draw(st.sampled_from([*WRONG_TIMES, None]))
    elif place == 4:
        ping[place] = data.draw(st.sampled_from(WRONG_STATUSES))
    else:
        ping[place] = data.draw(st.sampled_from(WRONG_TIMES))
    with pytest.raises(MalformedLine):
        parse(record, params)


RECORD: Object = {
    "iteration": 0,
    "start_ns": 1000,
    "end_ns": 2000,
    "pings": [[[0, 10, 20, 30, 200], [30, None, 40, 50, 302]], [[5, 6, None, 900, "timeout"]]],
}
PARAMS: Params = {"chains": [["a", "a"], ["b"]]}


@pytest.mark.parametrize("place", range(4))
@pytest.mark.parametrize("wrong", WRONG_TIMES, ids=repr)
def test_nothing_but_a_time_stands_for_a_time(place: int, wrong: object) -> None:
    ping: list[object] = [0, 1, 2, 3, 200]
    ping[place] = wrong
    with pytest.raises(MalformedLine):
        parse({**RECORD, "pings": [[ping]]}, {"chains": [["a"]]})


@pytest.mark.parametrize("wrong", WRONG_STATUSES, ids=repr)
def test_nothing_but_a_status_or_a_failure_stands_for_a_status(wrong: object) -> None:
    for head in (2, None):
        record = {**RECORD, "pings": [[[0, 1, head, 3, wrong]]]}
        with pytest.raises(MalformedLine):
            parse(record, {"chains": [["a"]]})


@pytest.mark.parametrize("status", [100, 599])
def test_a_status_lies_from_100_to_599(status: int) -> None:
    parse({**RECORD, "pings": [[[0, 1, 2, 3, status]]]}, {"chains": [["a"]]})


def check_times(*records: Object) -> str | None:
    form = format_of(PARAMS)
    return form.check_times([form.parse(record) for record in records])


def changed(change: Callable[[Object], object]) -> Object:
    record = copy.deepcopy(RECORD)
    change(record)
    return record


@pytest.mark.parametrize(
    "change",
    [
        lambda r: r.pop("iteration"),
        lambda r: r.pop("pings"),
        lambda r: r.update(more=1),
        lambda r: r.update(pings=None),
        lambda r: r.update(pings={}),
        lambda r: r["pings"].pop(),
        lambda r: r["pings"].append([]),
        lambda r: r["pings"][0].pop(),
        lambda r: r["pings"][0].append([0, 1, 2, 3, 200]),
        lambda r: r["pings"].__setitem__(0, "ab"),
        lambda r: r["pings"][0].__setitem__(0, None),
        lambda r: r["pings"][0][0].pop(),
        lambda r: r["pings"][0][0].append(0),
        lambda r: r["pings"][0][0].__setitem__(2, None),
        lambda r: r["pings"][1][0].__setitem__(2, 800),
        lambda r: r["pings"][1][0].__setitem__(4, 200),
        lambda r: r["pings"][0][0].__setitem__(4, "reset"),
    ],
)
def test_a_record_of_another_shape_is_malformed(change: Callable[[Object], object]) -> None:
    parse(RECORD, PARAMS)
    with pytest.raises(MalformedLine):
        parse(changed(change), PARAMS)


@pytest.mark.parametrize(
    ("change", "word"),
    [
        (lambda r: r["pings"][0][0].__setitem__(0, 11), "start, connect, head, end"),
        (lambda r: r["pings"][0][0].__setitem__(1, 21), "start, connect, head, end"),
        (lambda r: r["pings"][0][0].__setitem__(2, 31), "start, connect, head, end"),
        (lambda r: r["pings"][1][0].__setitem__(1, 901), "start, connect, head, end"),
        (lambda r: r["pings"][1][0].__setitem__(3, 5), "start, connect, head, end"),
        (lambda r: r["pings"][0][1].__setitem__(0, 29), "before 30 ns when the last ended"),
        (lambda r: r["pings"][1][0].__setitem__(3, 1001), "after its iteration of 1000 ns"),
        (lambda r: r.update(end_ns=999), "after its iteration of -1 ns"),
    ],
)
def test_one_time_out_of_order_is_found(change: Callable[[Object], object], word: str) -> None:
    assert check_times(RECORD) is None
    assert word in (check_times(changed(change)) or "")
    second = {**changed(change), "iteration": 1}
    assert (check_times(RECORD, second) or "").startswith("iteration 1, ")


def test_a_chain_may_start_before_another_ended() -> None:
    assert check_times(changed(lambda r: r["pings"][1][0].__setitem__(0, 0))) is None
