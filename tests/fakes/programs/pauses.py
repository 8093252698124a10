"""Pauses between its iterations."""

import time

from honest import Honest, Record


class Pauses(Honest):
    """Honest but for one thing."""

    def iteration(self, index: int) -> Record:
        if self.many:
            time.sleep(0.03)
        return super().iteration(index)


if __name__ == "__main__":
    Pauses.main()
