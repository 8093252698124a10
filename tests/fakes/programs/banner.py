"""Greets on standard output."""

from honest import Honest


class Banner(Honest):
    """Honest but for one thing."""

    def ready(self) -> None:
        self.write("Welcome to the ping program!")
        super().ready()


if __name__ == "__main__":
    Banner.main()
