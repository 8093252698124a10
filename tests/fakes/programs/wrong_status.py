"""Reports another status than was sent."""

from honest import Honest, Record, pings


class WrongStatus(Honest):
    """Honest but for one thing."""

    def told(self, records: list[Record]) -> list[Record]:
        if self.many:
            for ping in pings(records):
                ping[4] = 204
        return records


if __name__ == "__main__":
    WrongStatus.main()
