"""Does not say why it cannot do a job."""

from honest import Honest


class DeclinesSilently(Honest):
    """Honest but for one thing."""

    def refuse(self, problem: str) -> int:
        return 2


if __name__ == "__main__":
    DeclinesSilently.main()
