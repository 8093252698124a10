"""Fakes that lie about times: between their own records (P6), against the origin's log (W9)."""

import time

from honest import AmendsRecords, Honest, Ping, Record, invocations_before, pings, play, shift_start

HONEST_INVOCATIONS = 2
HONEST_ITERATIONS = 10


def shorten(records: list[Record]) -> None:
    """Let every answer come at once."""
    for ping in pings(records):
        ping[2] = ping[3] = max(ping[0], ping[1] or 0) + 1


class PingsOutside(AmendsRecords):
    """Reports pings that end after their iteration (P6)."""

    def amend(self, records: list[Record]) -> None:
        for record in records:
            record["end_ns"] = (record["start_ns"] + record["end_ns"]) // 2


class PingsOverlap(AmendsRecords):
    """Reports pings that begin before the one before has ended (P6)."""

    def amend(self, records: list[Record]) -> None:
        for record in records:
            for chain in record["pings"]:
                chain[1][0] = chain[0][3] - 1


class Overlapping(AmendsRecords):
    """Reports iterations that begin before the one before has ended (P6)."""

    def amend(self, records: list[Record]) -> None:
        for record in records[1:]:
            shift_start(record, 10_000_000)


class Pauses(Honest):
    """Pauses between its iterations (P6)."""

    def iteration(self, index: int) -> Record:
        if self.many:
            time.sleep(0.03)
        return super().iteration(index)


class StartsBeforeJob(AmendsRecords):
    """Reports an iteration that began before the job was written (P6)."""

    def amend(self, records: list[Record]) -> None:
        shift_start(records[0], 10_000_000_000)


class EndsAfterReport(AmendsRecords):
    """Reports an iteration that ended after it was reported (P6)."""

    def amend(self, records: list[Record]) -> None:
        records[-1]["end_ns"] += 10_000_000_000


class ConnectsBeforeStart(AmendsRecords):
    """Reports connections older than their pings (P6)."""

    def amend(self, records: list[Record]) -> None:
        for ping in pings(records):
            if ping[1] is not None:
                ping[1] = ping[0] - 1


class Shifted(AmendsRecords):
    """Reports all times as if they had been ten seconds earlier (P6, W9)."""

    def amend(self, records: list[Record]) -> None:
        for record in records:
            record["start_ns"] -= 10_000_000_000
            record["end_ns"] -= 10_000_000_000


class Shortens(AmendsRecords):
    """Reports answers sooner than they came (W9)."""

    def amend(self, records: list[Record]) -> None:
        shorten(records)


class GoodWhileShort(Honest):
    """Shortens only where many iterations are asked for (W9)."""

    def told(self, records: list[Record]) -> list[Record]:
        if len(records) > HONEST_ITERATIONS:
            shorten(records)
        return records


class GoodAtFirst(Honest):
    """Shortens from its third invocation on, which it counts in a file (W9)."""

    def told(self, records: list[Record]) -> list[Record]:
        if invocations_before() >= HONEST_INVOCATIONS:
            shorten(records)
        return records


class HalfTimes(AmendsRecords):
    """Reports half of every time (W9)."""

    def amend(self, records: list[Record]) -> None:
        zero = records[0]["start_ns"]
        for record in records:
            for key in ("start_ns", "end_ns"):
                record[key] = zero + (record[key] - zero) // 2
        for ping in pings(records):
            ping[:4] = [time if time is None else time // 2 for time in ping[:4]]


class ConstantTimes(AmendsRecords):
    """Reports made-up times that are always the same (W9)."""

    def amend(self, records: list[Record]) -> None:
        for record in records:
            for chain in record["pings"]:
                for place, ping in enumerate(chain):
                    start = place * 50_000
                    ping[:4] = [start, None, start + 40_000, start + 45_000]


class LateStart(AmendsRecords):
    """Starts its clock when the answer is there (W9)."""

    def amend(self, records: list[Record]) -> None:
        for ping in pings(records):
            ping[:3] = [ping[2], None, ping[2]]


class WrongStatus(AmendsRecords):
    """Reports another status than was sent (W9)."""

    def amend(self, records: list[Record]) -> None:
        for ping in pings(records):
            ping[4] = 204


class CriesReset(AmendsRecords):
    """Reports a failure where an answer was sent (W9)."""

    def amend(self, records: list[Record]) -> None:
        first: Ping = records[0]["pings"][0][0]
        first[2:] = [None, first[3], "reset"]


if __name__ == "__main__":
    play()
