"""Reports an iteration that began before the job was written."""

from honest import Honest, Record, shift_start


class StartsBeforeJob(Honest):
    """Honest but for one thing."""

    def told(self, records: list[Record]) -> list[Record]:
        if self.many:
            shift_start(records[0], 10_000_000_000)
        return records


if __name__ == "__main__":
    StartsBeforeJob.main()
