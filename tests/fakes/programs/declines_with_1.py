"""Exits with status 1 when it cannot do a job."""

from honest import Honest


class DeclinesWith1(Honest):
    """Honest but for one thing."""

    def refuse(self, problem: str) -> int:
        super().refuse(problem)
        return 1


if __name__ == "__main__":
    DeclinesWith1.main()
