"""Reports a time that is not a number."""

from honest import Honest, Record


class NanTime(Honest):
    """Honest but for one thing."""

    def told(self, records: list[Record]) -> list[Record]:
        if self.many:
            records[0]["pings"][0][0][3] = float("nan")
        return records


if __name__ == "__main__":
    NanTime.main()
