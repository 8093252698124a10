"""Waits for the end of the connection instead of the end of the answer."""

from socket import socket

from honest import Honest


class ReadsToEof(Honest):
    """Honest but for one thing."""

    def answer(self, connection: socket, start: int) -> bytes:
        data = super().answer(connection, start)
        while self.cold and connection.recv(4096):
            continue
        return data


if __name__ == "__main__":
    ReadsToEof.main()
