"""Tries again when a connection ends without an answer."""

from honest import Honest, Ping


class Retries(Honest):
    """Honest but for one thing."""

    def ping(self, site: str) -> Ping:
        first = super().ping(site)
        return [first[0], *super().ping(site)[1:]] if first[4] == "reset" else first


if __name__ == "__main__":
    Retries.main()
