"""Reports pings that begin before the one before has ended."""

from honest import Honest, Record


class PingsOverlap(Honest):
    """Honest but for one thing."""

    def told(self, records: list[Record]) -> list[Record]:
        if self.many:
            for record in records:
                for chain in record["pings"]:
                    chain[1][0] = chain[0][3] - 1
        return records


if __name__ == "__main__":
    PingsOverlap.main()
