"""Explains on many lines why it cannot do a job."""

from honest import Honest


class DeclinesAtLength(Honest):
    """Honest but for one thing."""

    def refuse(self, problem: str) -> int:
        super().refuse("Usage:\n  ping JOB\n")
        return super().refuse(problem)


if __name__ == "__main__":
    DeclinesAtLength.main()
