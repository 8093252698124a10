"""Reports all times as if they had been ten seconds earlier."""

from honest import Honest, Record


class Shifted(Honest):
    """Honest but for one thing."""

    def told(self, records: list[Record]) -> list[Record]:
        if self.many:
            for record in records:
                record["start_ns"] -= 10_000_000_000
                record["end_ns"] -= 10_000_000_000
        return records


if __name__ == "__main__":
    Shifted.main()
