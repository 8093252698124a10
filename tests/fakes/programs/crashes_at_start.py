"""Crashes before it is ready, with a stack trace."""

from honest import Honest


class CrashesAtStart(Honest):
    """Honest but for one thing."""

    def ready(self) -> None:
        raise RuntimeError("a library is missing")


if __name__ == "__main__":
    CrashesAtStart.main()
