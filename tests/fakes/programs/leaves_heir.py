"""Leaves a child behind that holds all its streams open."""

import subprocess

from honest import Honest


class LeavesHeir(Honest):
    """Honest but for one thing."""

    def finish(self) -> int:
        if self.many:
            subprocess.Popen(["sleep", "600"])
        return super().finish()


if __name__ == "__main__":
    LeavesHeir.main()
