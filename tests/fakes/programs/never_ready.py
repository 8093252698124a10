"""Never says that it is ready."""

import time

from honest import Honest


class NeverReady(Honest):
    """Honest but for one thing."""

    def ready(self) -> None:
        time.sleep(60)


if __name__ == "__main__":
    NeverReady.main()
