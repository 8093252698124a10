"""Does all pings of a chain at once."""

from concurrent.futures import ThreadPoolExecutor

from honest import Honest, Ping


class ChainAtOnce(Honest):
    """Honest but for one thing."""

    def chain(self, sites: list[str]) -> list[Ping]:
        if not self.many or not self.cold:
            return super().chain(sites)
        with ThreadPoolExecutor(len(sites)) as pool:
            return list(pool.map(self.ping, sites))


if __name__ == "__main__":
    ChainAtOnce.main()
