"""Stalls in the folder's fourth invocation, deaf to the end of its input."""

import time

from honest import Honest, Record, invocations_before

STALLING = 3


class StallsDeaf(Honest):
    """Honest, but once it never finishes."""

    def perform(self) -> list[Record]:
        if invocations_before() == STALLING:
            time.sleep(600)
        return super().perform()


if __name__ == "__main__":
    StallsDeaf.main()
