"""Does its job and does not report."""

import time

from honest import Honest, Record


class HangsAfterPings(Honest):
    """Honest but for one thing."""

    def perform(self) -> list[Record]:
        records = super().perform()
        if self.many:
            time.sleep(600)
        return records


if __name__ == "__main__":
    HangsAfterPings.main()
