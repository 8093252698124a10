"""Takes a job and does nothing."""

import time

from honest import Honest, Record


class HangsBeforePings(Honest):
    """Honest but for one thing."""

    def perform(self) -> list[Record]:
        if self.many:
            time.sleep(600)
        return super().perform()


if __name__ == "__main__":
    HangsBeforePings.main()
