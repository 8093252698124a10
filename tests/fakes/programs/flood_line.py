"""Writes one line of over 16 MiB."""

from honest import Honest, Record


class FloodLine(Honest):
    """Honest but for one thing."""

    def perform(self) -> list[Record]:
        records = super().perform()
        if self.many:
            self.write("x" * (17 * 1024 * 1024))
        return records


if __name__ == "__main__":
    FloodLine.main()
