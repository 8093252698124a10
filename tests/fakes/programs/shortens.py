"""Reports answers sooner than they came."""

from honest import Honest, Record, pings


class Shortens(Honest):
    """Honest but for one thing."""

    def told(self, records: list[Record]) -> list[Record]:
        if self.many:
            for ping in pings(records):
                ping[2] = ping[3] = max(ping[0], ping[1] or 0) + 1
        return records


if __name__ == "__main__":
    Shortens.main()
