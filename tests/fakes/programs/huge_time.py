"""Reports a time beyond 63 bits."""

from honest import Honest, Record


class HugeTime(Honest):
    """Honest but for one thing."""

    def told(self, records: list[Record]) -> list[Record]:
        if self.many:
            records[-1]["end_ns"] = 2**63
        return records


if __name__ == "__main__":
    HugeTime.main()
