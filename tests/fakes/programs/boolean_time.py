"""Reports a boolean for a number."""

from honest import Honest, Record


class BooleanTime(Honest):
    """Honest but for one thing."""

    def told(self, records: list[Record]) -> list[Record]:
        if self.many:
            records[0]["pings"][0][0][0] = True
        return records


if __name__ == "__main__":
    BooleanTime.main()
