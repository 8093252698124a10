"""Reports half of every time."""

from honest import Honest, Record, pings


class HalfTimes(Honest):
    """Honest but for one thing."""

    def told(self, records: list[Record]) -> list[Record]:
        if self.many:
            zero = records[0]["start_ns"]
            for record in records:
                for key in ("start_ns", "end_ns"):
                    record[key] = zero + (record[key] - zero) // 2
            for ping in pings(records):
                ping[:4] = [time if time is None else time // 2 for time in ping[:4]]
        return records


if __name__ == "__main__":
    HalfTimes.main()
