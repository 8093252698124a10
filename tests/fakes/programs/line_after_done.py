"""Says twice that it is done."""

from honest import Honest


class LineAfterDone(Honest):
    """Honest but for one thing."""

    def finish(self) -> int:
        if self.many:
            self.say({"done": True})
        return super().finish()


if __name__ == "__main__":
    LineAfterDone.main()
