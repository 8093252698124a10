"""Reports an iteration that ended after it was reported."""

from honest import Honest, Record


class EndsAfterReport(Honest):
    """Honest but for one thing."""

    def told(self, records: list[Record]) -> list[Record]:
        if self.many:
            records[-1]["end_ns"] += 10_000_000_000
        return records


if __name__ == "__main__":
    EndsAfterReport.main()
