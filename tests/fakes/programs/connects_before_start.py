"""Reports connections older than their pings."""

from honest import Honest, Record, pings


class ConnectsBeforeStart(Honest):
    """Honest but for one thing."""

    def told(self, records: list[Record]) -> list[Record]:
        if self.many:
            for ping in pings(records):
                if ping[1] is not None:
                    ping[1] = ping[0] - 1
        return records


if __name__ == "__main__":
    ConnectsBeforeStart.main()
