"""Goes on with a connection that it said it would close."""

from socket import socket

from honest import Honest


class Reuses(Honest):
    """Honest but for one thing."""

    def leave(self, site: str, connection: socket, usable: bool) -> None:
        if self.many and usable:
            self.warm[site] = connection
        else:
            super().leave(site, connection, usable)


if __name__ == "__main__":
    Reuses.main()
