"""Writes a line that no recursive parser survives."""

from honest import Honest, Record


class DeepNesting(Honest):
    """Honest but for one thing."""

    def perform(self) -> list[Record]:
        records = super().perform()
        if self.many:
            self.write("[" * 200_000)
        return records


if __name__ == "__main__":
    DeepNesting.main()
