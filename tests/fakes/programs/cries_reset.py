"""Reports a failure where an answer was sent."""

from honest import Honest, Record


class CriesReset(Honest):
    """Honest but for one thing."""

    def told(self, records: list[Record]) -> list[Record]:
        if self.many:
            records[0]["pings"][0][0][2:] = [None, records[0]["pings"][0][0][3], "reset"]
        return records


if __name__ == "__main__":
    CriesReset.main()
