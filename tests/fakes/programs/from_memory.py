"""Answers from memory, without any request."""

from honest import Honest, Ping, clock


class FromMemory(Honest):
    """Honest but for one thing."""

    def ping(self, site: str) -> Ping:
        return [clock(), clock(), clock(), clock(), 200] if self.many else super().ping(site)


if __name__ == "__main__":
    FromMemory.main()
