"""Says that it is ready after more than ten seconds."""

import time

from honest import Honest


class LateReady(Honest):
    """Honest but for one thing."""

    def ready(self) -> None:
        time.sleep(10.6)
        super().ready()


if __name__ == "__main__":
    LateReady.main()
