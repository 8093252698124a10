"""Keeps its last iteration to itself."""

from honest import Honest, Record


class TooFew(Honest):
    """Honest but for one thing."""

    def told(self, records: list[Record]) -> list[Record]:
        if self.many:
            records.pop()
        return records


if __name__ == "__main__":
    TooFew.main()
