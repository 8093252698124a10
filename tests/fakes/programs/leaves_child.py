"""Leaves a child behind, in its own process group."""

from subprocess import DEVNULL, Popen

from honest import Honest


class LeavesChild(Honest):
    """Honest but for one thing."""

    def finish(self) -> int:
        if self.many:
            Popen(["sleep", "600"], stdout=DEVNULL, stderr=DEVNULL)
        return super().finish()


if __name__ == "__main__":
    LeavesChild.main()
