"""Packets: what both sides of an invocation saw comes back as it was, and damage is recognised."""

from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from results.conform import Misfit
from results.packets import packed, unpacked
from results.packing import Integers, pack, unpack
from results.pings import StoredPings
from results.run_folder import RunFolder
from tests.synthetic_run import SyntheticRun, write_run

TIMES = st.integers(0, 2**63 - 1)
OPTIONAL = st.integers(-1, 2**63 - 1)


@st.composite
def both_sides(draw: st.DrawFn) -> StoredPings:
    """Whatever a program wrote, and a record of the origin in order."""
    chains = draw(st.lists(st.integers(1, 3), min_size=1, max_size=3))
    each, iterations = sum(chains), draw(st.integers(0, 3))
    visits = draw(st.lists(st.integers(0, each - 1), min_size=each, max_size=each))

    def column(values: st.SearchStrategy[int], size: int) -> Integers:
        return np.array(draw(st.lists(values, min_size=size, max_size=size)), dtype=np.int64)

    pings = each * iterations
    connections = draw(st.integers(0, 4))
    requests = draw(st.integers(0, 6)) if connections else 0
    accepted = np.sort(column(TIMES, connections))
    connection = column(st.integers(0, max(connections - 1, 0)), requests)
    seen = np.maximum(np.sort(column(TIMES, requests)), accepted[connection])
    heads = draw(st.lists(st.binary(max_size=9), min_size=1, max_size=3))
    incomplete = draw(st.lists(st.binary(max_size=9), max_size=connections))
    return StoredPings(
        chains=np.array(chains),
        visits=np.array(visits),
        start=column(TIMES, pings),
        connect=column(OPTIONAL, pings),
        head=column(OPTIONAL, pings),
        end=column(TIMES, pings),
        status=column(st.sampled_from([200, 302, -1, -4]), pings),
        connection_site=column(st.integers(0, max(visits)), connections),
        accepted=accepted,
        connection=connection,
        seen=seen,
        sent=np.where(column(st.integers(0, 1), requests) == 1, seen, -1),
        request_head=column(st.integers(0, len(heads) - 1), requests),
        answered=column(st.sampled_from([0, 200]), requests),
        coalesced=column(st.integers(0, 1), requests),
        heads=tuple(heads),
        incomplete_connection=column(st.integers(0, max(connections - 1, 0)), len(incomplete)),
        incomplete=tuple(incomplete),
    )


@given(both_sides())
def test_a_packet_holds_what_was_packed(pings: StoredPings) -> None:
    again = unpacked(packed(pings))
    for field in fields(StoredPings):
        before, after = getattr(pings, field.name), getattr(again, field.name)
        assert np.array_equal(before, after), field.name


@given(st.lists(st.lists(st.integers(0, 2**64 - 1), max_size=5), min_size=1, max_size=4))
def test_columns_come_back_in_their_order(columns: list[list[int]]) -> None:
    arrays = [np.array(column, dtype=np.uint64) for column in columns]
    assert [column.tolist() for column in unpack(pack(arrays), len(arrays))] == columns


@given(st.binary(max_size=200))
def test_bytes_that_are_no_packet_are_refused(data: bytes) -> None:
    with pytest.raises(Misfit):
        unpacked(data)


@given(both_sides(), st.data())
def test_a_packet_with_another_byte_is_refused_or_is_another_packet(
    pings: StoredPings, data: st.DataObject
) -> None:
    packet = bytearray(packed(pings))
    packet[data.draw(st.integers(0, len(packet) - 1))] ^= data.draw(st.integers(1, 255))
    try:
        unpacked(bytes(packet))
    except Misfit:
        pass


def test_a_flood_that_was_packed_small_is_refused_before_it_fills_the_memory(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("results.packing.MOST_UNPACKED", 1000)
    with pytest.raises(Misfit, match="cut off, or too many"):
        unpack(pack([np.zeros(2000, dtype=np.uint64)]), 1)


def test_a_column_longer_than_any_invocation_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("results.packing.MOST_NUMBERS", 10)
    with pytest.raises(Misfit, match="impossible size"):
        unpack(pack([np.zeros(11, dtype=np.uint64)]), 1)


def test_a_ping_takes_less_than_twenty_bytes(tmp_path: Path) -> None:
    folder = write_run(tmp_path, SyntheticRun(blocks=1, workloads=("parallel", "keep-alive")))
    pings = sum(record.ping_count for record in RunFolder.read(folder).invocations)
    size = sum((tmp_path / name).stat().st_size for name in ("pings.bin", "invocations.jsonl"))
    assert size / pings < 20
