"""Crashes with a stack trace when it cannot do a job."""

from honest import Honest


class CrashesOnBadJobs(Honest):
    """Honest but for one thing."""

    def refuse(self, problem: str) -> int:
        raise RuntimeError(problem)


if __name__ == "__main__":
    CrashesOnBadJobs.main()
