"""One line of invocations.jsonl with its packet of pings.bin, checked and laid out as arrays."""

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from hashlib import blake2b
from pathlib import Path
from typing import Any, cast

from results.conform import Misfit, conform
from results.errors import UnreadableRun
from results.files import opened
from results.format import PINGS_FILE
from results.limits import LARGEST_PACKET, MOST_NUMBERS
from results.line_format import Invocation, Packet
from results.packets import unpacked
from results.pings import StoredPings
from results.records import Iterations, Pings, laid_out, no_pings, read_iterations
from results.text import many_lines


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class InvocationRecord:
    """What one process of one contender did; `recorded` holds the line, its iterations unchecked.

    `joined` says whether `pings` carry the origin's times. A superseded line's iterations, and
    those of an invocation that broke a rule and cannot be laid out, are empty. `load` reads pings.
    """

    recorded: Invocation
    iterations: Iterations
    ping_count: int
    joined: bool
    load: Callable[[], Pings]

    @property
    def pings(self) -> Pings:
        """The pings, read whenever they are asked for; raises `UnreadableRun`."""
        return self.load()


def described(packet: bytes, offset: int, pings: StoredPings) -> Packet:
    """Return what a line says of its packet.

    It has no pings to show where the program wrote such that cannot be laid out.
    """
    try:
        pings.check_program()
        count = pings.start.size
    except Misfit:
        count = 0
    return Packet(offset=offset, length=len(packet), checksum=_checksum(packet), pings=count)


def _checksum(packet: bytes) -> str:
    return blake2b(packet, digest_size=16).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class PingFile:
    """The pings.bin of a run's folder."""

    folder: Path

    def stored(self, packet: Packet) -> StoredPings:
        """Return what a line's packet holds; raise `UnreadableRun`."""
        try:
            return unpacked(self.packed(packet))
        except Misfit as misfit:
            raise self.unreadable(packet, misfit) from misfit

    def pings(self, packet: Packet, iterations: Iterations, *, joined: bool) -> Pings:
        """Return a packet's pings laid out; raise `UnreadableRun`."""
        stored = self.stored(packet)
        try:
            if stored.start.size != packet["pings"]:
                raise Misfit(f"its pings are {stored.start.size}, not {packet['pings']}")
            return laid_out(stored, iterations, joined=joined)
        except Misfit as misfit:
            raise self.unreadable(packet, misfit) from misfit

    def packed(self, packet: Packet) -> bytes:
        """Return a packet as it was stored; raise `Misfit` where it is another, or out of bounds."""
        offset, length = packet["offset"], packet["length"]
        if (
            offset < 0
            or not 0 < length <= LARGEST_PACKET
            or not 0 <= packet["pings"] <= MOST_NUMBERS
        ):
            raise Misfit(f"its {packet['pings']} pings lie at {offset}, {length} bytes long")
        with opened(self.folder / PINGS_FILE) as stream:
            found = os.pread(stream.fileno(), length, offset)
        if len(found) < length:
            raise Misfit(f"{PINGS_FILE} ends within its pings")
        if _checksum(found) != packet["checksum"]:
            raise Misfit(f"its pings in {PINGS_FILE} are not those that were stored")
        return found

    def unreadable(self, packet: Packet, misfit: Misfit) -> UnreadableRun:
        """Return the error that says what is wrong with a packet."""
        place = f"{self.folder / PINGS_FILE}, byte {packet['offset']}"
        return UnreadableRun(f"{place}: {misfit}; measure again.")


def read_invocation(parsed: object, fields: Iterable[str], file: PingFile) -> InvocationRecord:
    """Return one line's parsed JSON as a record; raise `Misfit` where the format is broken.

    A line without broken rules must be whole. One with broken rules may hold any iterations: the
    program wrote them, and its line is kept as evidence.
    """
    recorded, records = conformed(parsed, Invocation)
    line = cast(Invocation, recorded)
    if type(records) is list and all(type(each) is dict for each in records):
        line["iterations"] = records
    if line["superseded"]:
        return without_iterations(line)
    packet = line["pings"]
    if packet is not None:
        file.packed(packet)
    try:
        iterations = read_iterations(records, "its iterations", fields)
    except Misfit:
        if line["broken"]:
            return without_iterations(line)
        raise
    joined = line["origin"] is not None and line["origin"]["joined"]
    load: Callable[[], Pings] = no_pings
    if packet is not None and packet["pings"]:
        load = partial(file.pings, packet, iterations, joined=joined)
    return InvocationRecord(
        recorded=line,
        iterations=iterations,
        ping_count=packet["pings"] if packet is not None else 0,
        joined=joined,
        load=load,
    )


def conformed(parsed: object, kind: object) -> tuple[dict[str, Any], object]:
    """Return a line as `kind`, its iterations apart and unchecked; raise `Misfit`."""
    line = dict(parsed) if isinstance(parsed, dict) else parsed
    records: object = None
    stderr: object = None
    if isinstance(line, dict):
        records, stderr = line.get("iterations"), line.get("stderr")
        # Only shape is checked later: a hundred thousand pings are no work for a generic checker.
        line |= {"iterations": []} if "iterations" in line else {}
        line |= {"stderr": None} if isinstance(stderr, str) else {}
    recorded: dict[str, Any] = conform(line, kind, "the line")
    if isinstance(stderr, str):
        recorded["stderr"] = many_lines(stderr)
    return recorded, records


def without_iterations(recorded: Invocation) -> InvocationRecord:
    """Return a record of which nothing but the line counts."""
    return InvocationRecord(
        recorded=recorded,
        iterations=read_iterations([], ""),
        ping_count=0,
        joined=False,
        load=no_pings,
    )
