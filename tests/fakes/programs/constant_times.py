"""Reports made-up times that are always the same."""

from honest import Honest, Record


class ConstantTimes(Honest):
    """Honest but for one thing."""

    def told(self, records: list[Record]) -> list[Record]:
        if self.many:
            for record in records:
                for chain in record["pings"]:
                    for place, ping in enumerate(chain):
                        start = place * 50_000
                        ping[:4] = [start, None, start + 40_000, start + 45_000]
        return records


if __name__ == "__main__":
    ConstantTimes.main()
