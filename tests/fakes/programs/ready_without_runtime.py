"""Does not say what it runs on."""

from honest import Honest


class ReadyWithoutRuntime(Honest):
    """Honest but for one thing."""

    def ready(self) -> None:
        self.say({"ready": 1})


if __name__ == "__main__":
    ReadyWithoutRuntime.main()
