"""Reports its first two iterations in the wrong order."""

from honest import Honest, Record


class WrongOrder(Honest):
    """Honest but for one thing."""

    def told(self, records: list[Record]) -> list[Record]:
        if self.many:
            records[:2] = records[1::-1]
        return records


if __name__ == "__main__":
    WrongOrder.main()
