"""The packets of pings.bin: one an invocation, its pings in columns of small differences.

A packet is what `pack` makes of the columns that `packed` lists, in that order. Times of the program
count from what came before them in the chain, those of the origin from the request before.
"""

import numpy as np

from results.conform import Misfit
from results.limits import MOST_NUMBERS
from results.packing import (
    Integers,
    Naturals,
    beyond,
    from_first,
    octets,
    onward,
    optional,
    pack,
    signed,
    steps,
    texts,
    unpack,
    unsigned,
    walked,
)
from results.pings import NOTHING, StoredPings

_COLUMNS = 23


def packed(pings: StoredPings) -> bytes:
    """Return the packet of one invocation."""
    opened = np.where(pings.connect < 0, pings.start, pings.connect)
    answered = np.where(pings.head < 0, opened, pings.head)
    site_head, unusual = _heads_by_site(pings)
    return pack(
        (
            signed(pings.chains),
            signed(pings.visits),
            signed(pings.start - _end_before(pings)),
            optional(pings.connect, pings.start),
            optional(pings.head, opened),
            signed(pings.end - answered),
            signed(pings.status),
            signed(pings.connection_site),
            *from_first(pings.accepted),
            steps(pings.connection),
            *from_first(pings.seen),
            optional(pings.sent, pings.seen),
            signed(site_head),
            signed(unusual),
            signed(pings.answered),
            signed(pings.coalesced),
            *octets(pings.heads),
            *octets(pings.incomplete),
            signed(pings.incomplete_connection),
        )
    )


def unpacked(packet: bytes) -> StoredPings:
    """Return what a packet holds; raise `Misfit` on other bytes. The program's side may be wrong."""
    columns = unpack(packet, _COLUMNS)
    chains, visits = unsigned(columns[0]), unsigned(columns[1])
    _check_task(chains, visits)
    start, connect, head, end = _program_times(chains, columns[2:6])
    connection_site, connection = unsigned(columns[7]), walked(columns[10])
    seen = onward(columns[11], columns[12])
    beyond_seen, was_sent = beyond(columns[13])
    site_head, unusual, answered, coalesced = map(unsigned, columns[14:18])
    pings = (start, connect, head, end, unsigned(columns[6]))
    requests = (connection, seen, beyond_seen, unusual, answered, coalesced)
    connections = (connection_site, accepted := onward(columns[8], columns[9]))
    incomplete = (unsigned(columns[22]), columns[20])
    for parallel in (pings, requests, connections, incomplete):
        if len({column.size for column in parallel}) != 1:
            raise Misfit("its pings have columns of different lengths")
    site = _picked(connection_site, connection)
    found = StoredPings(
        chains=chains,
        visits=visits,
        start=start,
        connect=connect,
        head=head,
        end=end,
        status=pings[4],
        connection_site=connection_site,
        accepted=accepted,
        connection=connection,
        seen=seen,
        sent=np.where(was_sent, seen + beyond_seen, NOTHING),
        request_head=unusual + _picked(site_head, site),
        answered=answered,
        coalesced=coalesced,
        heads=texts(columns[18], columns[19]),
        incomplete=texts(columns[20], columns[21]),
        incomplete_connection=incomplete[0],
    )
    found.check_origin()
    return found


def _check_task(chains: Integers, visits: Integers) -> None:
    if np.any((chains < 1) | (chains > MOST_NUMBERS)) or int(chains.sum()) > MOST_NUMBERS:
        raise Misfit("it has a chain without pings, or with too many")
    if np.any((visits < 0) | (visits >= max(visits.size, 1))):
        raise Misfit("it has a ping of a site that does not exist")
    if visits.size not in (0, int(chains.sum())):
        raise Misfit("the number of its sites is not that of its pings")


def _end_before(pings: StoredPings) -> Integers:
    """The end of the ping before in the same chain and iteration; 0 for the first."""
    before = np.concatenate([[0], pings.end[:-1]])[: pings.end.size]
    before[_first_of_chains(pings.chains, pings.end.size)] = 0
    return before


def _first_of_chains(chains: Integers, pings: int) -> Integers:
    """Where each chain of each iteration begins."""
    if not pings:
        return np.zeros(0, dtype=np.int64)
    each = int(chains.sum())
    places = np.cumsum(chains) - chains
    return (np.arange(pings // each)[:, None] * each + places).reshape(-1)


def _program_times(chains: Integers, columns: list[Naturals]) -> tuple[Integers, ...]:
    """Start, connect, head and end of each ping; a chain's pings follow one another."""
    gap, last = unsigned(columns[0]), unsigned(columns[3])
    (opening, opened), (waiting, answered) = beyond(columns[1]), beyond(columns[2])
    sizes = {gap.size, last.size, opening.size, waiting.size}
    if len(sizes) != 1 or (gap.size and gap.size % max(int(chains.sum()), 1)):
        raise Misfit("its pings have columns of different lengths")
    if gap.size and not chains.size:
        raise Misfit("it has pings of no chain")
    took = opening + waiting + last
    first = _first_of_chains(chains, gap.size)
    passed = np.cumsum(gap + took)
    before = passed[first] - (gap + took)[first]
    end = passed - np.repeat(before, np.tile(chains, first.size // max(chains.size, 1)))
    start = end - took
    connect = np.where(opened, start + opening, NOTHING)
    head = np.where(answered, start + opening + waiting, NOTHING)
    return start, connect, head, end


def _heads_by_site(pings: StoredPings) -> tuple[Integers, Integers]:
    """The first head that each site got, and by how much each request's index differs from it."""
    site = pings.connection_site[pings.connection]
    usual = np.zeros(int(pings.visits.max(initial=-1)) + 1, dtype=np.int64)
    met, first = np.unique(site, return_index=True)
    usual[met] = pings.request_head[first]
    return usual, pings.request_head - usual[site]


def _picked(values: Integers, places: Integers) -> Integers:
    if np.any((places < 0) | (places >= values.size)):
        raise Misfit("its origin's requests belong to no connection")
    return values[places]
