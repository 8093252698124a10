"""Reports a time as a floating-point number."""

from honest import Honest, Record


class FloatTime(Honest):
    """Honest but for one thing."""

    def told(self, records: list[Record]) -> list[Record]:
        if self.many:
            records[0]["pings"][0][0][3] += 0.5
        return records


if __name__ == "__main__":
    FloatTime.main()
