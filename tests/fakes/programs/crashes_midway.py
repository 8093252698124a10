"""Crashes in the middle of its job, with a stack trace."""

from honest import Honest, Record


class CrashesMidway(Honest):
    """Honest but for one thing."""

    def iteration(self, index: int) -> Record:
        if self.many and index == 2:
            raise RuntimeError("out of luck")
        return super().iteration(index)


if __name__ == "__main__":
    CrashesMidway.main()
