"""Does everything well and exits with status 3."""

from honest import Honest


class ExitsWith3(Honest):
    """Honest but for one thing."""

    def finish(self) -> int:
        return super().finish() or (3 if self.many else 0)


if __name__ == "__main__":
    ExitsWith3.main()
