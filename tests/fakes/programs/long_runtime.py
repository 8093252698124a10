"""Says what it runs on, at length."""

from honest import Honest


class LongRuntime(Honest):
    """Honest but for one thing."""

    def ready(self) -> None:
        self.say({"ready": 1, "runtime": "x" * 300})


if __name__ == "__main__":
    LongRuntime.main()
