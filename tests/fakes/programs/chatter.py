"""Says how it gets on, between the protocol's lines."""

from honest import Honest, Record


class Chatter(Honest):
    """Honest but for one thing."""

    def perform(self) -> list[Record]:
        records = super().perform()
        if self.many:
            self.write("all iterations done")
        return records


if __name__ == "__main__":
    Chatter.main()
