"""Adds a mean to its records."""

from honest import Honest, Record


class ExtraKey(Honest):
    """Honest but for one thing."""

    def told(self, records: list[Record]) -> list[Record]:
        if self.many:
            for record in records:
                record["mean_ns"] = 1
        return records


if __name__ == "__main__":
    ExtraKey.main()
