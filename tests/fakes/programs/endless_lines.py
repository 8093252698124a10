"""Writes lines without an end."""

from honest import Honest, Record


class EndlessLines(Honest):
    """Honest but for one thing."""

    def perform(self) -> list[Record]:
        records = super().perform()
        while self.many:
            self.write("still alive")
        return records


if __name__ == "__main__":
    EndlessLines.main()
