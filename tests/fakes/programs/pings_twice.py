"""Pings each site twice in its first iteration and reports one of the two."""

from honest import Honest, Ping


class PingsTwice(Honest):
    """Honest but for one thing."""

    def ping(self, site: str) -> Ping:
        if self.many and not self.cold and self.index == 0:
            super().ping(site)
        return super().ping(site)


if __name__ == "__main__":
    PingsTwice.main()
