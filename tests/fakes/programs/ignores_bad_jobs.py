"""Waits for a better job."""

import time

from honest import Honest


class IgnoresBadJobs(Honest):
    """Honest but for one thing."""

    def refuse(self, problem: str) -> int:
        time.sleep(600)
        return 2


if __name__ == "__main__":
    IgnoresBadJobs.main()
