"""Does one chain after another."""

from threading import Thread

from honest import Honest


class ChainsInTurn(Honest):
    """Honest but for one thing."""

    def together(self, threads: list[Thread]) -> None:
        for thread in threads:
            super().together([thread])


if __name__ == "__main__":
    ChainsInTurn.main()
