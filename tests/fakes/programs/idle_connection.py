"""Opens a connection without using it."""

from honest import Honest, Record


class IdleConnection(Honest):
    """Honest but for one thing."""

    def perform(self) -> list[Record]:
        records = super().perform()
        if self.many:
            self.idle = self.connect(self.chains[0][0])
        return records


if __name__ == "__main__":
    IdleConnection.main()
