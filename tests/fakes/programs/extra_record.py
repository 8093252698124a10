"""Reports one iteration more than was asked for."""

from honest import Honest, Record


class ExtraRecord(Honest):
    """Honest but for one thing."""

    def told(self, records: list[Record]) -> list[Record]:
        if self.many:
            records.append(dict(records[-1], iteration=len(records)))
        return records


if __name__ == "__main__":
    ExtraRecord.main()
