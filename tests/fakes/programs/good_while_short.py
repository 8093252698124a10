"""Behaves only while few iterations are asked for."""

from honest import Honest, Record, pings


class GoodWhileShort(Honest):
    """Honest but for one thing."""

    def told(self, records: list[Record]) -> list[Record]:
        for ping in pings(records) if len(records) > 10 else ():
            ping[2] = ping[3] = max(ping[0], ping[1] or 0) + 1
        return records


if __name__ == "__main__":
    GoodWhileShort.main()
