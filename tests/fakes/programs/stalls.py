"""Stalls in the folder's fourth invocation, until a file says go on or its input ends."""

import select
import sys
from pathlib import Path

from honest import Honest, Record, invocations_before

STALLING = 3
GO = Path(".go")


class Stalls(Honest):
    """Honest, but slow to begin once."""

    def perform(self) -> list[Record]:
        if invocations_before() == STALLING:
            while not GO.exists() and not select.select([sys.stdin], [], [], 0.02)[0]:
                continue
        return super().perform()


if __name__ == "__main__":
    Stalls.main()
