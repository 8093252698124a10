"""Leaves out its last ping and reports the one before it again."""

from honest import Honest, Ping, clock


class SkipsAPing(Honest):
    """Honest but for one thing."""

    def chain(self, sites: list[str]) -> list[Ping]:
        if not self.many or self.index < self.iterations - 1 or sites != self.chains[-1]:
            return super().chain(sites)
        done = super().chain(sites[:-1])
        return [*done, [done[-1][3], None, clock(), clock(), 200]]


if __name__ == "__main__":
    SkipsAPing.main()
