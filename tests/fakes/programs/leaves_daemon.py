"""Leaves a child behind, in a session of its own."""

from subprocess import DEVNULL, Popen

from honest import Honest


class LeavesDaemon(Honest):
    """Honest but for one thing."""

    def finish(self) -> int:
        if self.many:
            Popen(["sleep", "600"], stdout=DEVNULL, stderr=DEVNULL, start_new_session=True)
        return super().finish()


if __name__ == "__main__":
    LeavesDaemon.main()
