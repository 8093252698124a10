"""Leaves out when an iteration ended."""

from honest import Honest, Record


class MissingKey(Honest):
    """Honest but for one thing."""

    def told(self, records: list[Record]) -> list[Record]:
        if self.many:
            for record in records:
                del record["end_ns"]
        return records


if __name__ == "__main__":
    MissingKey.main()
