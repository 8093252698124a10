"""Stays after the end of its input."""

import time

from honest import Honest


class Stays(Honest):
    """Honest but for one thing."""

    def finish(self) -> int:
        status = super().finish()
        if self.many:
            time.sleep(600)
        return status


if __name__ == "__main__":
    Stays.main()
