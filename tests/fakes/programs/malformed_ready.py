"""Speaks another version of the protocol."""

from honest import Honest


class MalformedReady(Honest):
    """Honest but for one thing."""

    def ready(self) -> None:
        self.say({"ready": 2, "runtime": "fake"})


if __name__ == "__main__":
    MalformedReady.main()
