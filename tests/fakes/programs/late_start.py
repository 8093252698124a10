"""Starts its clock when the answer is there."""

from honest import Honest, Record, pings


class LateStart(Honest):
    """Honest but for one thing."""

    def told(self, records: list[Record]) -> list[Record]:
        if self.many:
            for ping in pings(records):
                ping[:3] = [ping[2], None, ping[2]]
        return records


if __name__ == "__main__":
    LateStart.main()
