"""Takes every answer for a success."""

from honest import Honest


class Records200(Honest):
    """Honest but for one thing."""

    def status(self, head: bytes) -> int:
        return min(super().status(head), 200)


if __name__ == "__main__":
    Records200.main()
