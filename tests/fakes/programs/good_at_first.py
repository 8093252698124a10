"""Behaves only in its first invocations, which it counts in a file."""

from honest import Honest, Record, invocations_before, pings

HONEST = 2


class GoodAtFirst(Honest):
    """Honest but for one thing."""

    def told(self, records: list[Record]) -> list[Record]:
        for ping in pings(records) if invocations_before() >= HONEST else ():
            ping[2] = ping[3] = max(ping[0], ping[1] or 0) + 1
        return records


if __name__ == "__main__":
    GoodAtFirst.main()
