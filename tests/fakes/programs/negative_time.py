"""Reports a ping from before its iteration as a negative time."""

from honest import Honest, Record


class NegativeTime(Honest):
    """Honest but for one thing."""

    def told(self, records: list[Record]) -> list[Record]:
        if self.many:
            records[0]["pings"][0][0][0] = -1
        return records


if __name__ == "__main__":
    NegativeTime.main()
