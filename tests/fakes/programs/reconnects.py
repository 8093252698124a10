"""Opens a new connection for each ping where it should keep one."""

from socket import socket

from honest import Honest


class Reconnects(Honest):
    """Honest but for one thing."""

    def leave(self, site: str, connection: socket, usable: bool) -> None:
        super().leave(site, connection, usable and not self.many)
        if self.many:
            connection.close()


if __name__ == "__main__":
    Reconnects.main()
