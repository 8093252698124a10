"""Opens the connections of a chain ahead of time."""

from honest import Honest, Ping


class ConnectsAhead(Honest):
    """Honest but for one thing."""

    def chain(self, sites: list[str]) -> list[Ping]:
        if self.many and self.cold and len(set(sites)) == len(sites):
            self.warm |= {site: self.connect(site) for site in sites}
        return super().chain(sites)


if __name__ == "__main__":
    ConnectsAhead.main()
