"""Keeps connections and reuses those that the other side has not closed, whatever was asked."""

import select
from socket import socket

from honest import Honest, Ping


class Pools(Honest):
    """Honest but for one thing."""

    def ping(self, site: str) -> Ping:
        pooled = self.warm.get(site)
        # Nothing is due on an idle connection but its end.
        if pooled is not None and select.select([pooled], [], [], 0)[0]:
            self.warm.pop(site).close()
        return super().ping(site)

    def leave(self, site: str, connection: socket, usable: bool) -> None:
        if usable:
            self.warm[site] = connection
        else:
            connection.close()


if __name__ == "__main__":
    Pools.main()
