"""Gives up after half of the time allowed."""

from honest import Honest


class Impatient(Honest):
    """Honest but for one thing."""

    def take(self, line: str) -> None:
        super().take(line)
        self.timeout_ns //= 2


if __name__ == "__main__":
    Impatient.main()
