"""Calls a refused connection a reset one."""

from honest import Honest, Ping


class WrongWord(Honest):
    """Honest but for one thing."""

    def ping(self, site: str) -> Ping:
        ping = super().ping(site)
        return [*ping[:4], "reset"] if ping[4] == "refused" else ping


if __name__ == "__main__":
    WrongWord.main()
