"""Reports pings that end after their iteration."""

from honest import Honest, Record


class PingsOutside(Honest):
    """Honest but for one thing."""

    def told(self, records: list[Record]) -> list[Record]:
        if self.many:
            for record in records:
                record["end_ns"] = (record["start_ns"] + record["end_ns"]) // 2
        return records


if __name__ == "__main__":
    PingsOutside.main()
