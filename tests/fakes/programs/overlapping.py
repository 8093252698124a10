"""Reports iterations that begin before the one before has ended."""

from honest import Honest, Record, shift_start


class Overlapping(Honest):
    """Honest but for one thing."""

    def told(self, records: list[Record]) -> list[Record]:
        if self.many:
            for record in records[1:]:
                shift_start(record, 10_000_000)
        return records


if __name__ == "__main__":
    Overlapping.main()
