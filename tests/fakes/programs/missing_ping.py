"""Reports fewer pings than it did."""

from honest import Honest, Record


class MissingPing(Honest):
    """Honest but for one thing."""

    def told(self, records: list[Record]) -> list[Record]:
        if self.many:
            for record in records:
                record["pings"][-1].pop()
        return records


if __name__ == "__main__":
    MissingPing.main()
