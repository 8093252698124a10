"""Exits with status 1 when a ping has failed."""

from honest import Honest, Record, pings


class FailsWithPings(Honest):
    """Honest but for one thing."""

    def told(self, records: list[Record]) -> list[Record]:
        self.failed = any(isinstance(ping[4], str) for ping in pings(records))
        return records

    def finish(self) -> int:
        return super().finish() or int(self.failed)


if __name__ == "__main__":
    FailsWithPings.main()
