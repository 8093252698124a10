"""Gives a chain up after the first failure."""

from honest import Honest, Ping, clock


class AbortsChain(Honest):
    """Honest but for one thing."""

    def chain(self, sites: list[str]) -> list[Ping]:
        done: list[Ping] = []
        for site in sites:
            failed = done and isinstance(done[-1][4], str)
            done.append([clock(), None, None, clock(), done[-1][4]] if failed else self.ping(site))
        return done


if __name__ == "__main__":
    AbortsChain.main()
